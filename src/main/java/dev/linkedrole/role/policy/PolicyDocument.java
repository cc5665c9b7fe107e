package dev.linkedrole.role.policy;

import dev.linkedrole.role.model.Digest;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** Operations on policies as text: one spelling for each meaning, and the size as IAM counts it. */
public final class PolicyDocument {

    /**
     * Maximum number of characters of all inline policies of a role together, white space not counted.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
     */
    public static final int MAX_INLINE_SIZE = 10_240;

    /**
     * Maximum number of characters of a managed policy, white space not counted.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
     */
    public static final int MAX_MANAGED_SIZE = 6_144;

    private PolicyDocument() {}

    /** Returns the number of characters without white space, which is how IAM counts them. */
    public static int size(String json) {
        return (int) json.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * Returns the policy in the spelling of {@code PolicyCompiler}: no white space, always a list of statements, lists
     * sorted, statements sorted. No content is dropped.
     *
     * @param json a policy as IAM returned it; a text that is no policy is returned unchanged, and so differs from any
     *     policy
     */
    public static String canonical(String json) {
        return CanonicalPolicy.read(json).map(CanonicalPolicy::text).orElse(json);
    }

    /**
     * Returns the digest of a policy's meaning. It is that of the former spelling, without a list around a single
     * statement, since existing ledgers have such digests: so roles written by earlier versions stay right.
     */
    public static String digest(String json) {
        return Digest.of(
                CanonicalPolicy.read(json).map(CanonicalPolicy::formerText).orElse(json));
    }

    /**
     * Returns the policy's statements as JSON, spelled and sorted as in {@link #canonical}.
     *
     * @param json a policy as IAM returned it; a text that is no policy counts as one statement
     */
    static List<String> canonicalStatements(String json) {
        return CanonicalPolicy.read(json)
                .map(policy -> policy.statements().stream().map(Json::compact).toList())
                .orElse(List.of(json));
    }

    /**
     * Returns the policy in lines, so that two policies can be compared line by line.
     *
     * @param json a policy as IAM returned it; a text that is no policy counts as one line
     */
    public static List<String> lines(String json) {
        return CanonicalPolicy.read(json).map(CanonicalPolicy::lines).orElse(List.of(json));
    }

    /**
     * Returns the lines of several policies together, each once.
     *
     * @param documents policies as IAM returned them
     */
    public static SortedSet<String> lines(Collection<String> documents) {
        SortedSet<String> lines = new TreeSet<>();
        documents.forEach(document -> lines.addAll(lines(document)));
        return lines;
    }

    /**
     * Returns the policy's statements as far as the policy builder understands them, for display and search and never
     * for comparisons; none for a text that is no policy.
     */
    public static List<IamStatement> statements(String json) {
        try {
            return IamPolicy.fromJson(json).statements();
        } catch (RuntimeException notAPolicy) {
            return List.of();
        }
    }

    /** True if a text is a policy that {@link #statements} represents completely. */
    public static boolean isUnderstood(String json) {
        try {
            String understood = canonical(IamPolicy.fromJson(json).toJson());
            return CanonicalPolicy.read(json)
                    .map(CanonicalPolicy::text)
                    .filter(understood::equals)
                    .isPresent();
        } catch (RuntimeException notAPolicy) {
            return false;
        }
    }
}
