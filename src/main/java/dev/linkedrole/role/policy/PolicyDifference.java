package dev.linkedrole.role.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Difference between the desired policy and the actual one, statement by statement. Spelling does not count.
 *
 * @param equal true if both have the same meaning, element by element
 * @param onlyDesired statements, as JSON, that IAM's policy does not have
 * @param onlyActual statements, as JSON, that are in IAM's policy alone
 */
public record PolicyDifference(boolean equal, List<String> onlyDesired, List<String> onlyActual) {

    public PolicyDifference {
        onlyDesired = List.copyOf(onlyDesired);
        onlyActual = List.copyOf(onlyActual);
    }

    /** Compares two policies, as JSON; a missing one has no statements. */
    public static PolicyDifference of(Optional<String> desired, Optional<String> actual) {
        List<String> wants = desired.map(PolicyDocument::canonicalStatements).orElse(List.of());
        List<String> has = actual.map(PolicyDocument::canonicalStatements).orElse(List.of());
        return new PolicyDifference(
                desired.map(PolicyDocument::canonical).equals(actual.map(PolicyDocument::canonical)),
                minus(wants, has),
                minus(has, wants));
    }

    private static List<String> minus(List<String> these, List<String> those) {
        List<String> rest = new ArrayList<>(these);
        those.forEach(rest::remove);
        return rest;
    }
}
