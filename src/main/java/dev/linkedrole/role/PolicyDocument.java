package dev.linkedrole.role;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.awssdk.policybuilder.iam.IamValue;

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

    private static final String STATEMENT = "\"Statement\":";

    private PolicyDocument() {}

    /** The policy's characters without white space, which is how IAM counts them. */
    public static int size(String json) {
        return (int) json.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * The policy in the spelling that {@link PolicyCompiler} writes: no white space, lists in order, statements in theirs.
     *
     * @param json a policy as IAM gave it back; what is no policy at all is given back as it is, and so differs from any
     */
    public static String canonical(String json) {
        try {
            IamPolicy policy = IamPolicy.fromJson(json);
            List<IamStatement> statements = policy.statements().stream()
                    .map(PolicyDocument::canonical)
                    .sorted(Comparator.comparing(PolicyDocument::json))
                    .toList();
            return policy.toBuilder().statements(statements).build().toJson();
        } catch (RuntimeException notAPolicy) {
            return json;
        }
    }

    /**
     * The policy's statements one by one, as JSON, spelled and in order as {@link #canonical} has them.
     *
     * @param json a policy as IAM gave it back; what is no policy at all counts as one statement
     */
    static List<String> canonicalStatements(String json) {
        return isPolicy(json)
                ? statements(canonical(json)).stream().map(PolicyDocument::json).toList()
                : List.of(json);
    }

    /**
     * The policy in lines: for each statement that has a Sid one with all but its resources and one for each of these, so that
     * two policies can be compared line by line; any other statement is one line.
     *
     * @param json a policy as IAM gave it back; what is no policy at all counts as one line
     */
    static List<String> lines(String json) {
        return isPolicy(json)
                ? statements(canonical(json)).stream()
                        .flatMap(PolicyDocument::lines)
                        .toList()
                : List.of(json);
    }

    private static Stream<String> lines(IamStatement statement) {
        if (statement.sid() == null) {
            return Stream.of(json(statement));
        }
        return Stream.concat(
                Stream.of(json(statement.toBuilder().resources(List.of()).build())),
                statement.resources().stream().map(resource -> statement.sid() + ": " + resource.value()));
    }

    /** The policy's statements; none if it is no policy at all. */
    static List<IamStatement> statements(String json) {
        try {
            return IamPolicy.fromJson(json).statements();
        } catch (RuntimeException notAPolicy) {
            return List.of();
        }
    }

    /** Whether a text is a policy that can be understood. */
    public static boolean isPolicy(String json) {
        try {
            IamPolicy.fromJson(json);
            return true;
        } catch (RuntimeException notAPolicy) {
            return false;
        }
    }

    /** The builder writes only whole policies, of which this is all but the frame. */
    private static String json(IamStatement statement) {
        String policy = IamPolicy.builder().addStatement(statement).build().toJson();
        return policy.substring(policy.indexOf(STATEMENT) + STATEMENT.length(), policy.length() - 1);
    }

    private static IamStatement canonical(IamStatement statement) {
        return statement.toBuilder()
                .actions(sorted(statement.actions()))
                .notActions(sorted(statement.notActions()))
                .resources(sorted(statement.resources()))
                .notResources(sorted(statement.notResources()))
                .principals(sortedPrincipals(statement.principals()))
                .notPrincipals(sortedPrincipals(statement.notPrincipals()))
                .conditions(sortedConditions(statement.conditions()))
                .build();
    }

    private static <T extends IamValue> List<T> sorted(List<T> values) {
        return values.stream()
                .distinct()
                .sorted(Comparator.comparing(IamValue::value))
                .toList();
    }

    private static List<IamPrincipal> sortedPrincipals(List<IamPrincipal> principals) {
        return principals.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (IamPrincipal principal) -> principal.type().value())
                        .thenComparing(IamPrincipal::id))
                .toList();
    }

    private static List<IamCondition> sortedConditions(List<IamCondition> conditions) {
        return conditions.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (IamCondition condition) -> condition.operator().value())
                        .thenComparing(condition -> condition.key().value())
                        .thenComparing(IamCondition::value))
                .toList();
    }
}
