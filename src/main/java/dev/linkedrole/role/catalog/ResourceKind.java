package dev.linkedrole.role.catalog;

import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kind of resource that a feature takes, with the permissions on such a resource.
 *
 * @param name name in messages to people, such as {@code S3 bucket}
 * @param arn template of its ARNs
 * @param pattern regular expression of the template, with a named group for each part
 * @param statements statements granted for each such resource
 */
public record ResourceKind(String name, ArnTemplate arn, Pattern pattern, List<StatementTemplate> statements) {

    public ResourceKind {
        statements = List.copyOf(statements);
    }

    /**
     * Creates a kind from the template of its ARNs.
     *
     * @param shapes pattern of each name in the template, as a regular expression
     * @throws InvalidValueException if a shape has a name that is not in the template
     */
    public static ResourceKind of(
            String name, ArnTemplate arn, Map<String, String> shapes, List<StatementTemplate> statements) {
        shapes.keySet().stream()
                .filter(shaped -> !arn.names().contains(shaped))
                .findFirst()
                .ifPresent(shaped -> {
                    throw new InvalidValueException(
                            "there is no {" + shaped + "} in " + arn.text() + " to be narrowed");
                });
        return new ResourceKind(name, arn, arn.pattern(shapes), statements);
    }

    /** Matches a resource; empty if it is not of this kind. */
    Optional<Match> match(String resource) {
        return ArnTemplate.read(pattern, resource).map(parts -> new Match(this, parts));
    }

    /**
     * Returns the resources of this kind for which a statement of this Sid may have a resource in a policy.
     *
     * @param known values that are known beforehand, by name
     */
    Stream<String> behind(String sid, String inPolicy, Map<String, String> known) {
        return statements.stream()
                .filter(statement -> statement.sid().equals(sid))
                .flatMap(statement -> statement.resources().stream())
                .flatMap(template -> template.valuesIn(inPolicy, known).stream())
                .filter(values -> values.keySet().containsAll(arn.names()))
                .map(arn::fill)
                .distinct();
    }

    /**
     * A resource that is of a kind.
     *
     * @param kind the kind of resource
     * @param parts the parts of its ARN by the names in the kind's template
     */
    public record Match(ResourceKind kind, Map<String, String> parts) {}
}
