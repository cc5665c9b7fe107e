package dev.linkedrole.role.state;

import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.Glob;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * Permissions boundary of all roles of a catalog: it allows everything that any of them may ever be granted, and
 * nothing else.
 *
 * <p>Each name in a resource that only an instance or an event fills in becomes a wildcard. Conditions stay.
 * Permissions that the catalog denies every role are denied here, too; those that a single feature denies are not,
 * since roles without that feature may have them. Statements on the same resources under the same conditions are
 * merged, without a Sid, since a boundary has less room than a role.
 *
 * @param json the policy
 */
public record BoundaryPolicy(String json) {

    /** Maximum number of characters of a managed policy, white space not counted. */
    public static final int MAX_LENGTH = 6_144;

    /** Account in an ARN that stands for all accounts. */
    public static final String ANY_ACCOUNT = "*";

    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}|\\*");

    /**
     * Creates the boundary policy.
     *
     * @param account the account that the roles are in, or {@link #ANY_ACCOUNT}
     * @throws InvalidValueException if it would exceed IAM's limit, or the partition or account is invalid
     */
    public static BoundaryPolicy of(FeatureCatalog catalog, String partition, String account) {
        require(PARTITION, partition, "a partition, such as aws or aws-cn");
        require(ACCOUNT, account, "an account, of 12 digits, or " + ANY_ACCOUNT);
        Stream<StatementTemplate> granted = catalog.features().values().stream()
                .flatMap(Feature::statements)
                .filter(statement -> statement.effect().equals(IamEffect.ALLOW));
        String json = json(
                Stream.concat(catalog.base().stream(), granted), Map.of("partition", partition, "account", account));
        if (json.length() > MAX_LENGTH) {
            throw new InvalidValueException("a boundary for all that the catalog " + catalog.name() + " grants has "
                    + json.length() + " characters, and IAM takes " + MAX_LENGTH + " at most");
        }
        return new BoundaryPolicy(json);
    }

    private static String json(Stream<StatementTemplate> statements, Map<String, String> known) {
        Map<Meaning, SortedSet<String>> resources = new LinkedHashMap<>();
        statements.forEach(statement -> statement
                .resources()
                .forEach(resource -> resources
                        .computeIfAbsent(Meaning.of(statement), meaning -> new TreeSet<>())
                        .add(resource.widened(known))));
        Map<Scope, SortedSet<String>> actions = new LinkedHashMap<>();
        resources.forEach((meaning, all) -> actions.computeIfAbsent(
                        new Scope(meaning.effect(), withoutCovered(all), meaning.conditions()),
                        scope -> new TreeSet<>())
                .addAll(meaning.actions()));
        IamPolicy.Builder policy = IamPolicy.builder();
        actions.entrySet().stream()
                .map(entry -> statement(entry.getKey(), entry.getValue()))
                .forEach(policy::addStatement);
        return PolicyDocument.canonical(policy.build().toJson());
    }

    private static IamStatement statement(Scope scope, SortedSet<String> actions) {
        IamStatement.Builder statement = IamStatement.builder().effect(scope.effect());
        actions.forEach(statement::addAction);
        scope.resources().forEach(statement::addResource);
        Statements.addConditions(statement, scope.conditions());
        return statement.build();
    }

    /** Returns the resources that no other one covers. */
    private static List<String> withoutCovered(Collection<String> resources) {
        List<String> left = new ArrayList<>(resources);
        left.removeIf(resource ->
                resources.stream().anyMatch(other -> !other.equals(resource) && new Glob(other).covers(resource)));
        return left;
    }

    private static void require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new InvalidValueException(LogText.of(value) + " is not " + what);
        }
    }

    /** A statement without its resources. */
    private record Meaning(
            IamEffect effect, List<String> actions, SortedMap<String, SortedMap<String, String>> conditions) {

        static Meaning of(StatementTemplate statement) {
            return new Meaning(statement.effect(), statement.actions(), statement.conditions());
        }
    }

    /** A statement without its actions. */
    private record Scope(
            IamEffect effect, List<String> resources, SortedMap<String, SortedMap<String, String>> conditions) {}
}
