package dev.linkedrole.role.catalog;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RoleDescription;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/**
 * Catalog of the permissions that a service offers its instances: those of every role, and those of each feature. Data,
 * not code.
 *
 * @param name the catalog's own name
 * @param service the service in its instances' ARNs, such as {@code connect}
 * @param principal the service that may assume the roles, such as {@code connect.amazonaws.com}
 * @param namePrefix prefix of role names unless a deployment sets another, at most {@value #MAX_PREFIX} characters
 * @param description the description that new roles get
 * @param base statements of every live role
 * @param features by their names
 * @param apiCalls the service's API calls that become events; empty if none do
 */
public record FeatureCatalog(
        String name,
        String service,
        String principal,
        String namePrefix,
        String description,
        List<StatementTemplate> base,
        SortedMap<String, Feature> features,
        Optional<ApiCalls> apiCalls) {

    /** Length left in a role's name beside the 32 digits of an instance id. */
    static final int MAX_PREFIX = RoleName.MAX_LENGTH - 32;

    /** Names that every template may use. */
    private static final Set<String> PARTS_OF_INSTANCE = Set.of("partition", "region", "account", "instance");

    /**
     * @throws InvalidValueException if a Sid stands for two different statements or two Sids stand for one, if a
     *     feature is called {@link Grant#BASE base}, if a statement has no resources or a placeholder that nothing fills
     *     in, if an API call concerns a feature that there is not, or if the service is the authority for a feature that
     *     no API call enables
     */
    public FeatureCatalog {
        description = new RoleDescription(description).text();
        base = List.copyOf(base);
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        if (!namePrefix.matches("[A-Za-z0-9+=,.@_-]{1," + MAX_PREFIX + "}")) {
            throw new InvalidValueException("a name prefix has at most " + MAX_PREFIX
                    + " of the characters A-Z a-z 0-9 + = , . @ _ -, unlike '" + namePrefix + "'");
        }
        if (features.containsKey(Grant.BASE.feature())) {
            throw new InvalidValueException("no feature may be called '" + Grant.BASE.feature() + "'");
        }
        checkResources(base, Set.of());
        features.values().forEach(feature -> {
            feature.withoutResource().ifPresent(statements -> checkResources(statements, Set.of()));
            feature.kinds()
                    .forEach(
                            kind -> checkResources(kind.statements(), kind.arn().names()));
        });
        checkSids(Stream.concat(base.stream(), features.values().stream().flatMap(Feature::statements)));
        checkApiCalls(apiCalls, features);
        checkAuthorities(apiCalls, features);
    }

    public Optional<Feature> feature(String featureName) {
        return Optional.ofNullable(features.get(featureName));
    }

    /**
     * Returns the statements of one grant, with their resources filled in.
     *
     * @return empty if this catalog does not know the grant, perhaps no longer
     */
    public Optional<List<FilledStatement>> statements(Grant grant, InstanceArn instance) {
        if (grant.equals(Grant.BASE)) {
            return Optional.of(fill(base, valuesOf(instance)));
        }
        return feature(grant.feature())
                .flatMap(feature -> grant.resource()
                        .map(resource -> statements(feature, resource, instance))
                        .orElseGet(() -> feature.withoutResource().map(granted -> fill(granted, valuesOf(instance)))));
    }

    /** Returns the grants that are available to an instance without a resource. */
    public Stream<Grant> grantsWithoutResource(InstanceArn instance) {
        return available(instance)
                .filter(feature -> feature.withoutResource().isPresent())
                .map(feature -> Grant.withoutResource(feature.name()));
    }

    /**
     * Returns the grants on a resource for which a statement of this Sid may have a resource in a policy: a superset of
     * those that do.
     */
    public Stream<Grant> grantsBehind(String sid, String inPolicy, InstanceArn instance) {
        Map<String, String> known = valuesOf(instance);
        return available(instance)
                .flatMap(feature -> feature.kinds().stream()
                        .flatMap(kind -> kind.behind(sid, inPolicy, known))
                        .filter(resource ->
                                feature.objection(resource, instance).isEmpty())
                        .map(resource -> Grant.of(feature.name(), resource)));
    }

    private Stream<Feature> available(InstanceArn instance) {
        return features.values().stream()
                .filter(feature -> feature.objection(instance).isEmpty());
    }

    private static Optional<List<FilledStatement>> statements(Feature feature, String resource, InstanceArn instance) {
        if (feature.objection(resource, instance).isPresent()) {
            return Optional.empty();
        }
        return feature.match(resource).map(match -> {
            Map<String, String> values = valuesOf(instance);
            values.putAll(match.parts());
            return fill(match.kind().statements(), values);
        });
    }

    private static List<FilledStatement> fill(List<StatementTemplate> templates, Map<String, String> values) {
        return templates.stream()
                .map(template -> new FilledStatement(template, template.resources(values)))
                .toList();
    }

    private static Map<String, String> valuesOf(InstanceArn instance) {
        return new HashMap<>(Map.of(
                "partition", instance.partition(),
                "region", instance.region(),
                "account", instance.account(),
                "instance", instance.id().value()));
    }

    private static void checkApiCalls(Optional<ApiCalls> apiCalls, SortedMap<String, Feature> features) {
        apiCalls.stream().flatMap(calls -> calls.rules().stream()).forEach(rule -> {
            switch (rule.result()) {
                case ApiCallRule.Enabled enabled -> {
                    Feature feature = known(enabled.feature(), features);
                    if (enabled.resources().isEmpty()
                            && feature.withoutResource().isEmpty()) {
                        throw new InvalidValueException(
                                "an API call enables '" + feature.name() + "' without a resource, which it needs");
                    }
                }
                case ApiCallRule.Disabled disabled -> known(disabled.feature(), features);
                case ApiCallRule.Created created -> {}
                case ApiCallRule.Deleted deleted -> {}
            }
        });
    }

    /** Checks that each feature of the service's own is one of which a call tells. */
    private static void checkAuthorities(Optional<ApiCalls> apiCalls, SortedMap<String, Feature> features) {
        Set<String> enabledByCalls = new TreeSet<>();
        apiCalls.stream().flatMap(calls -> calls.rules().stream()).forEach(rule -> {
            if (rule.result() instanceof ApiCallRule.Enabled enabled) {
                enabledByCalls.add(enabled.feature());
            }
        });
        features.values().forEach(feature -> {
            if (feature.authority() == Feature.Authority.SERVICE && !enabledByCalls.contains(feature.name())) {
                throw new InvalidValueException("the service is the authority for '" + feature.name()
                        + "', which no rule of the API calls enables");
            }
        });
    }

    private static Feature known(String name, SortedMap<String, Feature> features) {
        return Optional.ofNullable(features.get(name))
                .orElseThrow(() -> new InvalidValueException(
                        "an API call concerns '" + name + "', which is no feature of this catalog"));
    }

    /** Checks that each placeholder can be filled in; otherwise only the first grant to an instance would fail. */
    private static void checkResources(List<StatementTemplate> statements, Set<String> partsOfResource) {
        statements.forEach(statement -> {
            if (statement.resources().isEmpty()) {
                throw new InvalidValueException("the Sid " + statement.sid() + " has no resources");
            }
            Set<String> unknown = new TreeSet<>();
            statement.resources().forEach(resource -> unknown.addAll(resource.names()));
            unknown.removeAll(PARTS_OF_INSTANCE);
            unknown.removeAll(partsOfResource);
            if (!unknown.isEmpty()) {
                throw new InvalidValueException(
                        "nothing fills " + unknown + " in the resources of the Sid " + statement.sid());
            }
        });
    }

    /**
     * Checks that each Sid has one meaning. So statements can be merged by Sid, and a Sid stays the same whatever else
     * is granted.
     */
    private static void checkSids(Stream<StatementTemplate> statements) {
        Map<String, Meaning> meanings = new HashMap<>();
        Map<Meaning, String> sids = new HashMap<>();
        statements.forEach(statement -> {
            Meaning meaning = new Meaning(statement.effect(), statement.actions(), statement.conditions());
            Meaning known = meanings.putIfAbsent(statement.sid(), meaning);
            if (known != null && !known.equals(meaning)) {
                throw new InvalidValueException("the Sid " + statement.sid()
                        + " stands for two different effects, or sets of actions and conditions");
            }
            String otherSid = sids.putIfAbsent(meaning, statement.sid());
            if (otherSid != null && !otherSid.equals(statement.sid())) {
                throw new InvalidValueException("the Sids " + otherSid + " and " + statement.sid()
                        + " stand for the same actions and conditions; give them one Sid");
            }
        });
    }

    private record Meaning(
            IamEffect effect, List<String> actions, SortedMap<String, SortedMap<String, String>> conditions) {}

    /**
     * A statement with its resources.
     *
     * @param template template of its Sid, actions and conditions
     * @param resources resources on which they are granted
     */
    public record FilledStatement(StatementTemplate template, List<String> resources) {}
}
