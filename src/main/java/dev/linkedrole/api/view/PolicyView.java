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
 * The policies of a role as operators see them.
 *
 * @param roleName the role's name in IAM
 * @param wanted what it has to have; absent if it does not have to exist
 * @param policies how full they are; absent if the role does not have to exist
 * @param exists whether IAM has such a role; absent if IAM was not asked
 * @param actual what it has; absent if IAM was not asked or has none
 * @param difference the trust policy (as {@code trust}) and each permission policy, compared; absent if IAM was not asked
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
     * A role's policies, as JSON.
     *
     * @param trust who may assume it
     * @param permissions what it may do: inline policies by their names, managed ones by their ARNs
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
     * One policy, wanted and actual.
     *
     * @param policy {@code trust}, or the name or ARN of a permission policy
     * @param equal whether both mean the same
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
