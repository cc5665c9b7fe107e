package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Request.Kind;
import dev.linkedrole.testing.Instance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests the policy deployed for the controller itself with the public evaluator: it allows every call that is needed,
 * and none on a role without the controller's tag.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllerPolicyTest {

    private static final String IAM = "arn:aws:iam::111122223333:";
    private static final String NAME = "AWSServiceRoleForAmazonConnect_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01";
    private static final String ROLE = IAM + "role/linked-role/connect.amazonaws.com/" + NAME;
    private static final String POLICY = IAM + "policy/linked-role/connect.amazonaws.com/" + NAME + "-1";
    private static final String BOUNDARY = IAM + "policy/boundary";

    private static final String TAG_KEY = "linked-role:managed-by";
    private static final String TAG = "aws:ResourceTag/" + TAG_KEY;
    private static final String NEW_TAG = "aws:RequestTag/" + TAG_KEY;
    private static final String BOUNDARY_KEY = "iam:PermissionsBoundary";
    private static final Map<String, String> OURS = Map.of(TAG, "linked-role-controller");
    private static final Map<String, String> CREATED = Map.of(NEW_TAG, "linked-role-controller");

    /** Actions that change an existing role. */
    private static final List<String> CHANGES = List.of(
            "iam:UpdateRoleDescription",
            "iam:UpdateAssumeRolePolicy",
            "iam:PutRolePolicy",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:DeleteRole");

    /** Actions that change an existing managed policy. */
    private static final List<String> POLICY_CHANGES =
            List.of("iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:DeletePolicy");

    private static final List<String> LOOKS = List.of(
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListRolePolicies",
            "iam:ListAttachedRolePolicies",
            "iam:ListInstanceProfilesForRole");

    private static final List<Request> HAS_TO = Stream.of(
                    CHANGES.stream().map(action -> asked(Kind.AS_GRANTED, action, ROLE, OURS)),
                    LOOKS.stream().map(action -> asked(Kind.AS_GRANTED, action, ROLE, Map.of())),
                    Stream.of(
                            asked(Kind.AS_GRANTED, "iam:CreateRole", ROLE, CREATED),
                            asked(Kind.AS_GRANTED, "iam:TagRole", ROLE, CREATED),
                            asked(Kind.AS_GRANTED, "iam:TagRole", ROLE, both(OURS, CREATED))),
                    POLICY_CHANGES.stream().map(action -> asked(Kind.AS_GRANTED, action, POLICY, OURS)),
                    Stream.of("iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions")
                            .map(action -> asked(Kind.AS_GRANTED, action, POLICY, Map.of())),
                    Stream.of("iam:GetAccountAuthorizationDetails", "iam:GetAccountSummary")
                            .map(action -> asked(Kind.AS_GRANTED, action, "*", Map.of())),
                    Stream.of(
                            asked(Kind.AS_GRANTED, "iam:CreatePolicy", POLICY, CREATED),
                            asked(Kind.AS_GRANTED, "iam:TagPolicy", POLICY, CREATED),
                            asked(
                                    Kind.AS_GRANTED,
                                    "iam:AttachRolePolicy",
                                    ROLE,
                                    both(OURS, Map.of("iam:PolicyARN", POLICY)))),
                    Stream.of("instance-created", "feature-enabled", "instance-deleted")
                            .flatMap(ControllerPolicyTest::ofQueue),
                    Stream.of(
                                    "dynamodb:DescribeTable",
                                    "dynamodb:GetItem",
                                    "dynamodb:BatchGetItem",
                                    "dynamodb:Query",
                                    "dynamodb:PutItem",
                                    "dynamodb:UpdateItem")
                            .map(action -> asked(
                                    Kind.AS_GRANTED,
                                    action,
                                    "arn:aws:dynamodb:us-west-2:111122223333:table/linked-roles",
                                    Map.of())))
            .flatMap(requests -> requests)
            .toList();

    private static final List<Request> MUST_NOT = Stream.of(
                    CHANGES.stream()
                            .flatMap(action -> Stream.of(
                                    asked(Kind.WITHOUT_CONDITION, action, ROLE, Map.of()),
                                    asked(Kind.ANOTHER_VALUE, action, ROLE, Map.of(TAG, "somebody-else")),
                                    asked(Kind.ANOTHER_NAME, action, IAM + "role/Admin", OURS),
                                    asked(Kind.ANOTHER_NAME, action, IAM + "role/" + NAME, OURS),
                                    asked(Kind.ANOTHER_NAME, action, ROLE.replace("AWSService", "Other"), OURS),
                                    asked(
                                            Kind.ANOTHER_ACCOUNT,
                                            action,
                                            ROLE.replace(Instance.ACCOUNT, "444455556666"),
                                            OURS))),
                    POLICY_CHANGES.stream()
                            .flatMap(action -> Stream.of(
                                    asked(Kind.WITHOUT_CONDITION, action, POLICY, Map.of()),
                                    asked(Kind.ANOTHER_VALUE, action, POLICY, Map.of(TAG, "somebody-else")),
                                    asked(Kind.ANOTHER_NAME, action, IAM + "policy/Theirs", OURS))),
                    Stream.of(
                            asked(Kind.WITHOUT_CONDITION, "iam:CreatePolicy", POLICY, Map.of()),
                            asked(Kind.ANOTHER_NAME, "iam:CreatePolicy", IAM + "policy/Theirs", CREATED),
                            asked(
                                    Kind.ANOTHER_VALUE,
                                    "iam:TagPolicy",
                                    POLICY,
                                    both(CREATED, Map.of(TAG, "somebody-else"))),
                            asked(
                                    Kind.WITHOUT_CONDITION,
                                    "iam:AttachRolePolicy",
                                    ROLE,
                                    Map.of("iam:PolicyARN", POLICY))),
                    Stream.of(
                            asked(Kind.WITHOUT_CONDITION, "iam:CreateRole", ROLE, Map.of()),
                            asked(Kind.ANOTHER_VALUE, "iam:CreateRole", ROLE, Map.of(NEW_TAG, "somebody-else")),
                            asked(Kind.ANOTHER_NAME, "iam:CreateRole", IAM + "role/Admin", CREATED),
                            asked(Kind.ANOTHER_ACTION, "iam:UpdateRole", ROLE, OURS),
                            asked(Kind.ANOTHER_ACTION, "iam:DeleteRolePermissionsBoundary", ROLE, OURS),
                            asked(Kind.ANOTHER_ACTION, "iam:UntagRole", ROLE, both(OURS, keys("team"))),
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, both(OURS, keys("team"))),
                            // Tag keys that differ in case are one key
                            asked(Kind.ANOTHER_VALUE, "iam:UntagRole", ROLE, both(OURS, keys(TAG_KEY))),
                            asked(
                                    Kind.ANOTHER_VALUE,
                                    "iam:UntagRole",
                                    ROLE,
                                    both(OURS, keys("Linked-Role:Managed-By"))),
                            asked(
                                    Kind.ANOTHER_VALUE,
                                    "iam:UntagRole",
                                    ROLE,
                                    both(OURS, keys("team,LINKED-ROLE:MANAGED-BY"))),
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, both(OURS, keys("Linked-Role:managed-by"))),
                            asked(Kind.WITHOUT_CONDITION, "iam:UntagRole", ROLE, OURS),
                            asked(Kind.WITHOUT_CONDITION, "iam:UntagRole", ROLE, keys("team")),
                            // Neither a foreign one into ours, nor ours into a foreign one
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, both(CREATED, Map.of(TAG, "somebody-else"))),
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, both(OURS, Map.of(NEW_TAG, "another"))),
                            asked(
                                    Kind.ANOTHER_VALUE,
                                    "iam:AttachRolePolicy",
                                    ROLE,
                                    both(OURS, Map.of("iam:PolicyARN", "arn:aws:iam::aws:policy/AdministratorAccess"))),
                            asked(Kind.ANOTHER_ACTION, "iam:PassRole", ROLE, OURS),
                            asked(Kind.ANOTHER_ACTION, "iam:CreateUser", IAM + "user/somebody", OURS),
                            asked(Kind.ANOTHER_ACTION, "sts:AssumeRole", ROLE, OURS),
                            asked(
                                    Kind.ANOTHER_ACTION,
                                    "dynamodb:DeleteItem",
                                    "arn:aws:dynamodb:us-west-2:111122223333:table/linked-roles",
                                    Map.of()),
                            asked(
                                    Kind.ANOTHER_NAME,
                                    "sqs:ReceiveMessage",
                                    "arn:aws:sqs:us-west-2:111122223333:others",
                                    Map.of())))
            .flatMap(requests -> requests)
            .toList();

    /** Actions that grant or widen permissions, once a boundary is required. */
    private static final List<String> BOUNDED =
            List.of("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary");

    private static final String CONTROLLER = "arn:aws:iam::444455556666:role/controller";
    private static final String MEMBER = "arn:aws:iam::777788889999:role/linked-role-controller";
    private static final String EXTERNAL_ID = "sts:ExternalId";

    private static final List<Request> INTO_OTHER_ACCOUNTS = List.of(
            asked(Kind.AS_GRANTED, "sts:AssumeRole", MEMBER, Map.of(EXTERNAL_ID, "acme")),
            asked(Kind.WITHOUT_CONDITION, "sts:AssumeRole", MEMBER, Map.of()),
            asked(Kind.ANOTHER_VALUE, "sts:AssumeRole", MEMBER, Map.of(EXTERNAL_ID, "other")),
            asked(Kind.ANOTHER_NAME, "sts:AssumeRole", MEMBER.replace("linked", "other"), Map.of(EXTERNAL_ID, "acme")),
            asked(Kind.ANOTHER_ACTION, "sts:TagSession", MEMBER, Map.of(EXTERNAL_ID, "acme")));

    private static final String KEY = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String VIA = "kms:ViaService";

    private static final List<Request> WITH_A_KEY = Stream.of("kms:Decrypt", "kms:GenerateDataKey")
            .flatMap(action -> Stream.of(
                    asked(Kind.AS_GRANTED, action, KEY, Map.of(VIA, "sqs.us-west-2.amazonaws.com")),
                    asked(Kind.AS_GRANTED, action, KEY, Map.of(VIA, "sns.us-west-2.amazonaws.com")),
                    asked(Kind.AS_GRANTED, action, KEY, Map.of(VIA, "dynamodb.us-west-2.amazonaws.com")),
                    asked(Kind.ANOTHER_VALUE, action, KEY, Map.of(VIA, "s3.us-west-2.amazonaws.com")),
                    asked(Kind.WITHOUT_CONDITION, action, KEY, Map.of()),
                    asked(
                            Kind.ANOTHER_NAME,
                            action,
                            KEY.replace("1234abcd", "4321abcd"),
                            Map.of(VIA, "sqs.us-west-2.amazonaws.com")),
                    asked(Kind.ANOTHER_ACTION, "kms:CreateGrant", KEY, Map.of(VIA, "sqs.us-west-2.amazonaws.com"))))
            .toList();

    private static final List<Request> NEVER_UNBOUNDED = List.of(asked(
            Kind.ANOTHER_ACTION,
            "iam:DeleteRolePermissionsBoundary",
            ROLE,
            both(OURS, Map.of(BOUNDARY_KEY, BOUNDARY))));

    private Map<String, List<Answer>> answers = Map.of();

    @BeforeAll
    void ask() {
        Template template = template(Map.of());
        Template bounded = template(Map.of("PermissionsBoundary", BOUNDARY));
        List<Request> allBounded = BOUNDED.stream()
                .flatMap(action -> Stream.of(
                        asked(Kind.AS_GRANTED, action, ROLE, both(granted(), Map.of(BOUNDARY_KEY, BOUNDARY))),
                        asked(Kind.WITHOUT_CONDITION, action, ROLE, granted()),
                        asked(
                                Kind.ANOTHER_VALUE,
                                action,
                                ROLE,
                                both(granted(), Map.of(BOUNDARY_KEY, IAM + "policy/x")))))
                .toList();
        answers = Evaluator.answers(
                        Path.of("target", "controller-policy"),
                        List.of(
                                question("has to", template, HAS_TO),
                                question("must not", template, MUST_NOT),
                                question("bounded", bounded, allBounded),
                                question("bounded for good", bounded, NEVER_UNBOUNDED),
                                question("with a key", template(Map.of("KmsKey", KEY)), WITH_A_KEY),
                                question(
                                        "into other accounts",
                                        template(Map.of("OtherAccounts", "true", "ExternalId", "acme")),
                                        INTO_OTHER_ACCOUNTS),
                                question("in another account", template(Map.of("Controller", CONTROLLER)), HAS_TO)))
                .stream()
                .collect(Collectors.groupingBy(Answer::role));
    }

    @Test
    void it_may_do_what_the_controller_does() {
        assertThat(answersOf("has to"))
                .hasSameSizeAs(HAS_TO)
                .filteredOn(answer -> !answer.allowed())
                .isEmpty();
    }

    @Test
    void it_may_do_nothing_to_a_role_without_its_tag() {
        assertThat(answersOf("must not"))
                .hasSameSizeAs(MUST_NOT)
                .filteredOn(Answer::allowed)
                .isEmpty();
    }

    @Test
    void with_a_boundary_nothing_is_granted_without_it() {
        assertThat(answersOf("bounded"))
                .hasSize(3 * BOUNDED.size())
                .allMatch(answer -> answer.allowed() == (answer.kind() == Kind.AS_GRANTED));
    }

    @Test
    void a_boundary_cannot_be_taken_off_again() {
        assertThat(answersOf("bounded for good")).hasSize(1).noneMatch(Answer::allowed);
        assertThat(answersOf("bounded for good")).extracting(Answer::answer).containsExactly("ExplicitlyDenied");
    }

    @Test
    void it_uses_a_key_of_the_customer_through_its_own_services_alone() {
        assertThat(answersOf("with a key"))
                .hasSameSizeAs(WITH_A_KEY)
                .allMatch(answer -> answer.allowed() == (answer.kind() == Kind.AS_GRANTED));
    }

    @Test
    void it_assumes_no_role_in_other_accounts_but_the_one_made_for_it() {
        assertThat(answersOf("into other accounts"))
                .hasSameSizeAs(INTO_OTHER_ACCOUNTS)
                .allMatch(answer -> answer.allowed() == (answer.kind() == Kind.AS_GRANTED));
    }

    @Test
    void in_another_account_it_may_do_what_concerns_roles_and_nothing_else() {
        assertThat(answersOf("in another account"))
                .hasSameSizeAs(HAS_TO)
                .allMatch(answer -> answer.allowed() == answer.action().startsWith("iam:"));
    }

    @Test
    void another_account_admits_only_the_controller_acting_for_an_instance() {
        assertThat(template(Map.of("Controller", CONTROLLER, "ExternalId", "acme"))
                        .trust("AssumedRole")
                        .at("/Statement/0")
                        .toString())
                .isEqualTo("{\"Sid\":\"Controller\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + CONTROLLER
                        + "\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"acme\"},"
                        + "\"StringLike\":{\"sts:RoleSessionName\":\"linked-role-*\"}}}");
        assertThat(template(Map.of("Controller", CONTROLLER))
                        .trust("AssumedRole")
                        .at("/Statement/0/Condition")
                        .toString())
                .isEqualTo("{\"StringLike\":{\"sts:RoleSessionName\":\"linked-role-*\"}}");
    }

    private List<Answer> answersOf(String role) {
        return answers.getOrDefault(role, List.of());
    }

    private static Template template(Map<String, String> parameters) {
        return new Template(Path.of("deploy", "controller-policy.yaml"), parameters);
    }

    private static Question question(String name, Template template, List<Request> requests) {
        return new Question(
                name, Instance.ACCOUNT, List.copyOf(template.policies().values()), requests);
    }

    private static Stream<Request> ofQueue(String name) {
        String queue = "arn:aws:sqs:us-west-2:111122223333:linked-role-" + name;
        return Stream.concat(
                Stream.of(
                                "sqs:ReceiveMessage",
                                "sqs:DeleteMessage",
                                "sqs:ChangeMessageVisibility",
                                "sqs:GetQueueUrl",
                                "sqs:GetQueueAttributes")
                        .map(action -> asked(Kind.AS_GRANTED, action, queue, Map.of())),
                Stream.of(asked(Kind.AS_GRANTED, "sqs:SendMessage", queue + "-dlq", Map.of())));
    }

    private static Request asked(Kind kind, String action, String resource, Map<String, String> context) {
        return new Request(kind, action, resource, new TreeMap<>(context));
    }

    private static Map<String, String> keys(String keys) {
        return Map.of("aws:TagKeys", keys);
    }

    private static Map<String, String> granted() {
        return both(both(OURS, CREATED), Map.of("iam:PolicyARN", POLICY));
    }

    private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
