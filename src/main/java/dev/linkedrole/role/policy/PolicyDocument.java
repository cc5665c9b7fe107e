package dev.linkedrole.role.policy;

import dev.linkedrole.role.model.Digest;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** Policies as text: one spelling for each meaning, and their size as IAM counts it. */
public final class PolicyDocument {

    /**
     * The most characters, white space not counted, that all inline policies of a role may have together.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
     */
    public static final int MAX_INLINE_SIZE = 10_240;

    /**
     * The most characters, white space not counted, that a managed policy may have.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
     */
    public static final int MAX_MANAGED_SIZE = 6_144;

    private PolicyDocument() {}

    /** The policy's characters without white space, which is how IAM counts them. */
    public static int size(String json) {
        return (int) json.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * The policy in the spelling that {@code PolicyCompiler} writes: no white space, always a list of statements, lists in order,
     * statements in theirs. Nothing that is in the policy is dropped.
     *
     * @param json a policy as IAM gave it back; what is no policy at all is given back as it is, and so differs from any
     */
    public static String canonical(String json) {
        return CanonicalPolicy.read(json).map(CanonicalPolicy::text).orElse(json);
    }

    /**
     * The digest of what a policy means. It is that of the spelling in which policies were written before they always had a list
     * of statements, since ledgers have it so: a role that was written before is as it should be.
     */
    public static String digest(String json) {
        return Digest.of(
                CanonicalPolicy.read(json).map(CanonicalPolicy::formerText).orElse(json));
    }

    /**
     * The policy's statements one by one, as JSON, spelled and in order as {@link #canonical} has them.
     *
     * @param json a policy as IAM gave it back; what is no policy at all counts as one statement
     */
    static List<String> canonicalStatements(String json) {
        return CanonicalPolicy.read(json)
                .map(policy -> policy.statements().stream().map(Json::compact).toList())
                .orElse(List.of(json));
    }

    /**
     * The policy in lines, so that two policies can be compared line by line.
     *
     * @param json a policy as IAM gave it back; what is no policy at all counts as one line
     */
    public static List<String> lines(String json) {
        return CanonicalPolicy.read(json).map(CanonicalPolicy::lines).orElse(List.of(json));
    }

    /**
     * The policy's statements as far as the policy builder understands them, which drops what it does not; none if it is no policy
     * at all. They serve to show and to find, never to compare.
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
