package dev.linkedrole.reconcile.operations;

import dev.linkedrole.reconcile.Inspection;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copy of a role's content before an adoption, which is stored in its history. */
final class ReplacedRole {

    /** Maximum number of characters of all documents together. DynamoDB accepts 400 KB, and IAM's limits are lower. */
    private static final int MAX = 200_000;

    private static final String TRUST = "trust";
    private static final String CUT = "...";

    private ReplacedRole() {}

    /**
     * Returns the policies by their names or ARNs, and the trust policy, without white space; content beyond the
     * maximum is cut.
     */
    static SortedMap<String, String> by(Inspection found) {
        SortedMap<String, String> documents = new TreeMap<>(found.actualPolicies());
        if (found.actual() instanceof ActualRole.Present role) {
            documents.put(TRUST, role.trustPolicy());
        }
        int left = MAX;
        SortedMap<String, String> kept = new TreeMap<>();
        for (String name : documents.keySet()) {
            String document = PolicyDocument.canonical(documents.getOrDefault(name, ""));
            kept.put(name, document.length() <= left ? document : document.substring(0, left) + CUT);
            left = Math.max(0, left - document.length());
        }
        return kept;
    }
}
