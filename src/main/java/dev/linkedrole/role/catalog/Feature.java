package dev.linkedrole.role.catalog;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A feature of the catalog: the resources that it takes and the permissions on them.
 *
 * @param name its name in events
 * @param offering partitions and regions in which it is offered
 * @param withoutResource statements granted when it is enabled without a resource; empty if it needs one
 * @param kinds the kinds of resource it takes; none if it takes no resources
 * @param authority who says whether it is enabled
 */
public record Feature(
        String name,
        Offering offering,
        Optional<List<StatementTemplate>> withoutResource,
        List<ResourceKind> kinds,
        Authority authority) {

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/++$");

    public Feature {
        withoutResource = withoutResource.map(List::copyOf);
        kinds = List.copyOf(kinds);
    }

    /** Creates a feature of which producers alone speak. */
    public Feature(
            String name,
            Offering offering,
            Optional<List<StatementTemplate>> withoutResource,
            List<ResourceKind> kinds) {
        this(name, offering, withoutResource, kinds, Authority.PRODUCERS);
    }

    /** The one whose word on a feature is final. */
    public enum Authority {
        /** The producers: what they enable stays enabled until they disable it. */
        PRODUCERS,
        /** The service itself: a comparison with its answers enables and disables the feature. */
        SERVICE
    }

    /** Returns this feature with another authority. */
    public Feature withAuthority(Authority other) {
        return new Feature(name, offering, withoutResource, kinds, other);
    }

    /** Returns the reason why the feature is not available to this instance; empty if it is. */
    public Optional<Rejection> objection(InstanceArn instance) {
        return offering.objection(instance)
                .flatMap(why -> Rejection.because(Rejection.Reason.NOT_OFFERED, "is " + name + ", which " + why));
    }

    /**
     * Returns the reason why the feature cannot use this resource for this instance.
     *
     * @return a rejection whose detail follows the field's name in a sentence; empty if it can
     */
    public Optional<Rejection> objection(String resource, InstanceArn instance) {
        if (resource.length() > InstanceArn.MAX_LENGTH) {
            return Rejection.because(
                    Rejection.Reason.WRONG_RESOURCE_KIND,
                    "must be an ARN, which has at most " + InstanceArn.MAX_LENGTH + " characters, not "
                            + LogText.of(resource));
        }
        if (Wildcards.in(resource)) {
            return Rejection.because(
                    Rejection.Reason.WILDCARD,
                    "must name one resource, without wildcards or policy variables (*, ?, ${), not "
                            + LogText.of(resource));
        }
        return match(resource)
                .map(match -> straying(match.parts(), resource, instance))
                .orElseGet(() -> Rejection.because(Rejection.Reason.WRONG_RESOURCE_KIND, kindFault(resource)));
    }

    private String kindFault(String resource) {
        String withoutSlash = TRAILING_SLASHES.matcher(resource).replaceFirst("");
        return match(withoutSlash).isPresent()
                ? "must have no slash at its end: " + LogText.of(withoutSlash) + ", not " + LogText.of(resource)
                : "must be of a kind that the feature " + name + " takes: " + takes() + ", not " + LogText.of(resource);
    }

    private Optional<Rejection> straying(Map<String, String> parts, String resource, InstanceArn instance) {
        return differs(parts, "partition", instance.partition(), Rejection.Reason.OTHER_PARTITION, resource)
                .or(() -> differs(parts, "account", instance.account(), Rejection.Reason.OTHER_ACCOUNT, resource))
                .or(() -> differs(parts, "region", instance.region(), Rejection.Reason.OTHER_REGION, resource));
    }

    private static Optional<Rejection> differs(
            Map<String, String> parts, String part, String desired, Rejection.Reason reason, String resource) {
        String actual = parts.getOrDefault(part, desired);
        return actual.equals(desired)
                ? Optional.empty()
                : Rejection.because(
                        reason,
                        "must be in the instance's " + part + " " + desired + ", not in " + LogText.of(actual)
                                + " like " + LogText.of(resource));
    }

    /**
     * Lists the resources that the feature takes, for messages to people: {@code S3 bucket (arn:...) or S3 bucket with
     * a prefix (arn:...)}.
     */
    public String takes() {
        return kinds.isEmpty()
                ? "none"
                : kinds.stream()
                        .map(kind -> kind.name() + " (" + kind.arn().text() + ")")
                        .collect(Collectors.joining(" or "));
    }

    /** Returns all statements that the feature may grant. */
    public Stream<StatementTemplate> statements() {
        return Stream.concat(
                withoutResource.stream().flatMap(List::stream),
                kinds.stream().flatMap(kind -> kind.statements().stream()));
    }

    /** Returns the kind of a resource and the parts of its ARN; empty if the feature does not take it. */
    public Optional<ResourceKind.Match> match(String resource) {
        return kinds.stream().flatMap(kind -> kind.match(resource).stream()).findFirst();
    }
}
