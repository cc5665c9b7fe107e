package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Request.Kind;
import dev.linkedrole.testing.Instance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests the controller's additional policy for the mode service-linked with the public evaluator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceLinkedPolicyTest {

    private static final String IAM = "arn:aws:iam::111122223333:";
    private static final String NAME = "AWSServiceRoleForAmazonConnect_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01";
    private static final String ROLE = IAM + "role/aws-service-role/connect.amazonaws.com/" + NAME;
    private static final String OTHER_ROLE =
            IAM + "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

    private static final String SERVICE = "iam:AWSServiceName";
    private static final String TAG = "aws:ResourceTag/linked-role:managed-by";
    private static final String NEW_TAG = "aws:RequestTag/linked-role:managed-by";
    private static final String US = "linked-role-controller";

    private static final List<String> CHANGES = List.of(
            "iam:UpdateRoleDescription", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteServiceLinkedRole");

    private static final List<Request> HAS_TO = Stream.of(
                    CHANGES.stream().map(action -> asked(Kind.AS_GRANTED, action, ROLE, Map.of(TAG, US))),
                    Stream.of(
                                    "iam:GetRole",
                                    "iam:GetRolePolicy",
                                    "iam:ListRolePolicies",
                                    "iam:ListAttachedRolePolicies",
                                    "iam:GetServiceLinkedRoleDeletionStatus")
                            .map(action -> asked(Kind.AS_GRANTED, action, ROLE, Map.of())),
                    Stream.of(
                            asked(
                                    Kind.AS_GRANTED,
                                    "iam:CreateServiceLinkedRole",
                                    ROLE,
                                    Map.of(SERVICE, "connect.amazonaws.com")),
                            asked(Kind.AS_GRANTED, "iam:TagRole", ROLE, Map.of(NEW_TAG, US)),
                            asked(Kind.AS_GRANTED, "iam:TagRole", ROLE, Map.of(NEW_TAG, US, TAG, US)),
                            asked(Kind.AS_GRANTED, "iam:GetRole", IAM + "role/" + NAME, Map.of()),
                            asked(Kind.AS_GRANTED, "iam:ListRoles", "*", Map.of())))
            .flatMap(requests -> requests)
            .toList();

    private static final List<Request> MUST_NOT = Stream.of(
                    CHANGES.stream()
                            .flatMap(action -> Stream.of(
                                    asked(Kind.WITHOUT_CONDITION, action, ROLE, Map.of()),
                                    asked(Kind.ANOTHER_VALUE, action, ROLE, Map.of(TAG, "somebody-else")),
                                    asked(Kind.ANOTHER_NAME, action, OTHER_ROLE, Map.of(TAG, US)),
                                    asked(Kind.ANOTHER_NAME, action, IAM + "role/" + NAME, Map.of(TAG, US)))),
                    Stream.of(
                            asked(Kind.WITHOUT_CONDITION, "iam:CreateServiceLinkedRole", ROLE, Map.of()),
                            asked(
                                    Kind.ANOTHER_VALUE,
                                    "iam:CreateServiceLinkedRole",
                                    OTHER_ROLE,
                                    Map.of(SERVICE, "autoscaling.amazonaws.com")),
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, Map.of(NEW_TAG, US, TAG, "somebody-else")),
                            asked(Kind.ANOTHER_VALUE, "iam:TagRole", ROLE, Map.of(NEW_TAG, "another", TAG, US)),
                            asked(Kind.ANOTHER_NAME, "iam:GetRole", IAM + "role/Admin", Map.of()),
                            asked(Kind.ANOTHER_ACTION, "iam:CreateRole", ROLE, Map.of(NEW_TAG, US)),
                            asked(Kind.ANOTHER_ACTION, "iam:PassRole", ROLE, Map.of(TAG, US))))
            .flatMap(requests -> requests)
            .toList();

    private Map<String, List<Answer>> answers = Map.of();

    @BeforeAll
    void ask() {
        Template template = new Template(Path.of("deploy", "controller-policy.yaml"), Map.of("ServiceLinked", "true"));
        answers = Evaluator.answers(
                        Path.of("target", "service-linked-policy"),
                        List.of(question("has to", template, HAS_TO), question("must not", template, MUST_NOT)))
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
    void it_may_do_nothing_to_a_role_without_its_tag_or_of_another_service() {
        assertThat(answersOf("must not"))
                .hasSameSizeAs(MUST_NOT)
                .filteredOn(Answer::allowed)
                .isEmpty();
    }

    private List<Answer> answersOf(String role) {
        return answers.getOrDefault(role, List.of());
    }

    private static Question question(String name, Template template, List<Request> requests) {
        return new Question(name, Instance.ACCOUNT, List.of(template.policy("ServiceLinkedPolicy")), requests);
    }

    private static Request asked(Kind kind, String action, String resource, Map<String, String> context) {
        return new Request(kind, action, resource, new TreeMap<>(context));
    }
}
