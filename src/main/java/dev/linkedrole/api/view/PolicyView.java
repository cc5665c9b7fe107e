package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.reconcile.Inspection;
import dev.linkedrole.role.policy.PolicyDifference;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a role's policies, desired and actual.
 *
 * @param roleName the role's name in IAM
 * @param wanted the desired policies; absent if the role should not exist
 * @param policies their sizes; absent if the role should not exist
 * @param exists true if IAM has such a role; absent if IAM was not asked
 * @param actual the policies in IAM; absent if IAM was not asked or has none
 * @param difference the trust policy (as {@code trust}) and each permission policy, compared; absent if IAM was not
 *     asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(
        String roleName,
        @Nullable Documents wanted,
        @Nullable PoliciesView policies,
        @Nullable Boolean exists,
        @Nullable Documents actual,
        @Nullable List<Compared> difference) {

    private static final String TRUST = "trust";

    public static PolicyView of(DesiredRole wanted, Optional<String> roleArn) {
        return new PolicyView(
                wanted.name().value(),
                Documents.of(Inspection.trust(wanted), Inspection.policies(wanted, roleArn)),
                PoliciesView.of(wanted, roleArn),
                null,
                null,
                null);
    }

    public static PolicyView of(Inspection inspection) {
        DesiredRole wanted = inspection.desired();
        return new PolicyView(
                wanted.name().value(),
                Documents.of(Inspection.trust(wanted), inspection.desiredPolicies()),
                PoliciesView.of(wanted, inspection.actualArn(), inspection.attached()),
                inspection.actual() instanceof ActualRole.Present,
                Documents.of(inspection.actualTrust(), inspection.actualPolicies()),
                difference(inspection));
    }

    private static List<Compared> difference(Inspection inspection) {
        Optional<String> wantedTrust = Inspection.trust(inspection.desired());
        SortedMap<String, String> wanted = inspection.desiredPolicies();
        SortedMap<String, String> actual = inspection.actualPolicies();
        SortedSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(actual.keySet());
        List<Compared> difference = new ArrayList<>();
        if (wantedTrust.isPresent() || inspection.actualTrust().isPresent()) {
            difference.add(Compared.of(TRUST, PolicyDifference.of(wantedTrust, inspection.actualTrust())));
        }
        names.forEach(name -> difference.add(Compared.of(
                name,
                PolicyDifference.of(Optional.ofNullable(wanted.get(name)), Optional.ofNullable(actual.get(name))))));
        return difference;
    }

    /**
     * JSON view of a role's policy documents.
     *
     * @param trust the trust policy
     * @param permissions the permission policies: inline policies by their names, managed ones by their ARNs
     */
    public record Documents(JsonNode trust, SortedMap<String, JsonNode> permissions) {
        static @Nullable Documents of(Optional<String> trust, SortedMap<String, String> permissions) {
            SortedMap<String, JsonNode> documents = new TreeMap<>();
            permissions.forEach((name, json) -> documents.put(name, JsonText.shown(json)));
            return trust.map(json -> new Documents(JsonText.shown(json), documents))
                    .orElse(null);
        }
    }

    /**
     * Comparison of one policy, desired and actual.
     *
     * @param policy {@code trust}, or the name or ARN of a permission policy
     * @param equal true if both have the same meaning
     * @param onlyWanted statements that are missing in IAM
     * @param onlyActual statements that are in IAM alone
     */
    public record Compared(String policy, boolean equal, List<JsonNode> onlyWanted, List<JsonNode> onlyActual) {
        static Compared of(String policy, PolicyDifference difference) {
            return new Compared(
                    policy,
                    difference.equal(),
                    difference.onlyDesired().stream().map(JsonText::shown).toList(),
                    difference.onlyActual().stream().map(JsonText::shown).toList());
        }
    }
}
