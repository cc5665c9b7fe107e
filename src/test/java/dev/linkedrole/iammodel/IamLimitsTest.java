package dev.linkedrole.iammodel;

import static dev.linkedrole.iammodel.IamContract.answer;
import static dev.linkedrole.iammodel.IamContract.assertCode;
import static dev.linkedrole.iammodel.IamContract.policy;
import static dev.linkedrole.iammodel.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Behaviour of AWS that emulators do not enforce, so that only the model can be tested.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Quotas</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html">Service-linked
 *     roles</a>
 */
class IamLimitsTest {

    private static final String NAME = "limits";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"connect.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);
    private final AtomicInteger perSecond = new AtomicInteger();
    private final AtomicReference<Duration> changing = new AtomicReference<>(Duration.ZERO);
    private final IamModel model = new IamModel(
            "111122223333", now::get, lag::get, Duration.ofSeconds(10), new IamTraffic(perSecond::get, changing::get));
    private final IamModelClient iam = IamModelClient.administrator(model);
    private final IamModelClient another = IamModelClient.limited(model, IamModelClient::atOnce, Map.of());

    @Test
    void inline_policies_share_10240_characters_not_counting_white_space() {
        // Given
        make();
        int frame = policy("").length();
        put("one", policy("x".repeat(5_000)));
        String second = policy("x".repeat(10_240 - 5_000 - 2 * frame));

        // Then
        put("two", second.replace("{", "{ \n\t "));
        assertCode(
                "LimitExceeded",
                () -> iam.putRolePolicy(
                        r -> r.roleName(NAME).policyName("two").policyDocument(second.replace("xxx", "xxxx"))));
        assertThat(answer(() -> iam.listRolePolicies(r -> r.roleName(NAME))).policyNames())
                .containsExactly("one", "two");
    }

    @Test
    void a_managed_policy_has_6144_characters_without_white_space() {
        // Given
        String most = policy("x".repeat(6_144 - policy("").length()));

        // Then
        answer(() -> iam.createPolicy(r -> r.policyName("most").policyDocument(most.replace("{", "{ \n\t "))));
        assertCode(
                "LimitExceeded",
                () -> iam.createPolicy(r -> r.policyName("more").policyDocument(most.replace("xxx", "xxxx"))));
    }

    @Test
    void a_role_has_ten_managed_policies_at_most() {
        // Given
        make();
        List<String> arns = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> answer(() -> iam.createPolicy(
                                r -> r.policyName("policy-" + i).policyDocument(policy("one"))))
                        .policy()
                        .arn())
                .toList();

        // When
        arns.subList(0, 10)
                .forEach(arn ->
                        answer(() -> iam.attachRolePolicy(r -> r.roleName(NAME).policyArn(arn))));

        // Then
        assertCode(
                "LimitExceeded",
                () -> iam.attachRolePolicy(r -> r.roleName(NAME).policyArn(arns.getLast())));
        answer(() -> iam.attachRolePolicy(r -> r.roleName(NAME).policyArn(arns.getFirst())));
    }

    @Test
    void a_policy_with_more_than_one_version_cannot_be_deleted() {
        // Given
        String arn = answer(() -> iam.createPolicy(r -> r.policyName("p").policyDocument(policy("v1"))))
                .policy()
                .arn();
        answer(() -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(policy("v2"))));

        // Then
        assertCode("DeleteConflict", () -> iam.deletePolicy(r -> r.policyArn(arn)));
    }

    @Test
    void a_policy_that_is_attached_cannot_be_deleted() {
        // Given
        make();
        String arn = answer(() -> iam.createPolicy(r -> r.policyName("p").policyDocument(policy("v1"))))
                .policy()
                .arn();
        answer(() -> iam.attachRolePolicy(r -> r.roleName(NAME).policyArn(arn)));

        // Then
        assertCode("DeleteConflict", () -> iam.deletePolicy(r -> r.policyArn(arn)));
    }

    @Test
    void names_differ_by_more_than_case() {
        make();

        assertCode(
                "EntityAlreadyExists",
                () -> iam.createRole(r -> r.roleName("LIMITS").assumeRolePolicyDocument(TRUST)));
    }

    @Test
    void a_role_name_has_64_characters_at_most() {
        assertCode(
                "ValidationError",
                () -> iam.createRole(r -> r.roleName("x".repeat(65)).assumeRolePolicyDocument(TRUST)));
    }

    @Test
    void a_role_has_50_tags_at_most() {
        // Given
        make();
        List<Tag> many = IntStream.rangeClosed(1, 51)
                .mapToObj(i -> tag("key" + i, "value"))
                .toList();

        // Then
        assertCode("LimitExceeded", () -> iam.tagRole(r -> r.roleName(NAME).tags(many)));
        answer(() -> iam.tagRole(r -> r.roleName(NAME).tags(many.subList(0, 50))));
    }

    @Test
    void a_sid_is_had_once_in_a_policy_and_has_letters_and_digits_only() {
        // Given
        make();
        String twice = """
                {"Version":"2012-10-17","Statement":[
                 {"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},
                 {"Sid":"A","Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}""";

        // Then
        assertMalformed(twice);
        assertMalformed(twice.replaceFirst("\"A\"", "\"a-b\""));
        assertMalformed(twice.replaceFirst("\"A\"", "\"B\"").replaceFirst("\"\\*\"", "\"bucket\""));
        put("fine", twice.replaceFirst("\"A\"", "\"B\""));
    }

    private void assertMalformed(String document) {
        assertCode(
                "MalformedPolicyDocument",
                () -> iam.putRolePolicy(r -> r.roleName(NAME).policyName("one").policyDocument(document)));
    }

    @Test
    void only_the_description_and_tags_of_a_service_linked_role_can_be_changed() {
        // Given
        String name = makeServiceLinked();

        // Then
        assertCode(
                "UnmodifiableEntity",
                () -> iam.putRolePolicy(r -> r.roleName(name).policyName("one").policyDocument(policy("one"))));
        assertCode(
                "UnmodifiableEntity",
                () -> iam.updateAssumeRolePolicy(r -> r.roleName(name).policyDocument(TRUST)));
        assertCode(
                "UnmodifiableEntity",
                () -> iam.attachRolePolicy(r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/ReadOnlyAccess")));
        assertCode("UnmodifiableEntity", () -> iam.deleteRole(r -> r.roleName(name)));
        answer(() -> iam.updateRoleDescription(r -> r.roleName(name).description("edited")));
        answer(() -> iam.tagRole(r -> r.roleName(name).tags(tag("owner", "us"))));
    }

    @Test
    void a_service_linked_name_that_is_taken_is_invalid_input() {
        makeServiceLinked();

        assertCode(
                "InvalidInput",
                () -> iam.createServiceLinkedRole(
                        r -> r.awsServiceName("connect.amazonaws.com").customSuffix("one")));
    }

    @Test
    void a_service_linked_role_is_deleted_by_a_task_which_is_not_begun_twice() {
        // Given
        String name = makeServiceLinked();

        // When
        String task =
                answer(() -> iam.deleteServiceLinkedRole(r -> r.roleName(name))).deletionTaskId();

        // Then
        assertThat(status(task)).isEqualTo("IN_PROGRESS");
        assertThat(answer(() -> iam.deleteServiceLinkedRole(r -> r.roleName(name)))
                        .deletionTaskId())
                .isEqualTo(task);
        answer(() -> iam.getRole(r -> r.roleName(name)));

        // When
        pass(Duration.ofSeconds(10));

        // Then
        assertThat(status(task)).isEqualTo("SUCCEEDED");
        assertCode("NoSuchEntity", () -> iam.getRole(r -> r.roleName(name)));
    }

    @Test
    void a_service_linked_role_in_use_is_not_deleted_and_its_task_says_where() {
        // Given
        String name = makeServiceLinked();
        model.use(name, Optional.of("arn:aws:connect:us-west-2:111122223333:instance/1"));

        // When
        String task =
                answer(() -> iam.deleteServiceLinkedRole(r -> r.roleName(name))).deletionTaskId();
        pass(Duration.ofSeconds(10));

        // Then
        assertThat(answer(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)))
                        .reason()
                        .roleUsageList())
                .singleElement()
                .satisfies(usage -> assertThat(usage.resources())
                        .containsExactly("arn:aws:connect:us-west-2:111122223333:instance/1"));
        answer(() -> iam.getRole(r -> r.roleName(name)));

        // When it is let go
        model.use(name, Optional.empty());
        String again =
                answer(() -> iam.deleteServiceLinkedRole(r -> r.roleName(name))).deletionTaskId();
        pass(Duration.ofSeconds(10));

        // Then
        assertThat(status(again)).isEqualTo("SUCCEEDED");
    }

    @Test
    void what_was_written_is_seen_a_while_later() {
        // Given
        lag.set(Duration.ofSeconds(2));

        // When
        make();

        // Then
        assertCode("NoSuchEntity", () -> iam.getRole(r -> r.roleName(NAME)));
        assertCode(
                "NoSuchEntity",
                () -> iam.putRolePolicy(r -> r.roleName(NAME).policyName("one").policyDocument(policy("one"))));
        assertCode(
                "EntityAlreadyExists",
                () -> iam.createRole(r -> r.roleName(NAME).assumeRolePolicyDocument(TRUST)));

        // And later
        pass(Duration.ofSeconds(3));
        assertThat(answer(() -> iam.getRole(r -> r.roleName(NAME))).role().roleName())
                .isEqualTo(NAME);
    }

    @Test
    void a_role_or_a_policy_is_changed_by_one_at_a_time() {
        // Given
        make();
        String arn = answer(() -> iam.createPolicy(r -> r.policyName("p").policyDocument(policy("v1"))))
                .policy()
                .arn();
        changing.set(Duration.ofMillis(20));

        // When
        answer(() -> putting("one"));
        answer(() -> another.createPolicyVersion(r -> r.policyArn(arn).policyDocument(policy("v2"))));

        // Then
        assertCode("ConcurrentModification", () -> putting("two"));
        assertCode(
                "ConcurrentModification",
                () -> another.tagRole(r -> r.roleName(NAME)
                        .tags(Tag.builder().key("one").value("two").build())));
        assertCode("ConcurrentModification", () -> another.deleteRole(r -> r.roleName(NAME)));
        assertCode(
                "ConcurrentModification",
                () -> another.createPolicyVersion(r -> r.policyArn(arn).policyDocument(policy("v3"))));
        answer(() -> another.getRole(r -> r.roleName(NAME)));

        // And later
        pass(Duration.ofMillis(20));
        answer(() -> putting("two"));
        answer(() -> another.createPolicyVersion(r -> r.policyArn(arn).policyDocument(policy("v3"))));
    }

    private CompletableFuture<PutRolePolicyResponse> putting(String text) {
        return another.putRolePolicy(r -> r.roleName(NAME).policyName("one").policyDocument(policy(text)));
    }

    @Test
    void who_calls_too_often_is_throttled_until_there_are_tokens_again() {
        // Given
        make();
        perSecond.set(2);
        look();
        look();

        // Then
        assertThrottled();
        pass(Duration.ofMillis(500));
        look();
        assertThrottled();

        // And after a long rest
        pass(Duration.ofMinutes(1));
        look();
        look();
        assertThrottled();
    }

    private void look() {
        answer(() -> another.getRole(r -> r.roleName(NAME)));
    }

    private void assertThrottled() {
        assertCode("Throttling", () -> another.getRole(r -> r.roleName(NAME)));
    }

    @Test
    void one_whose_policy_asks_for_a_tag_changes_no_role_without_it() {
        // Given
        make();
        IamModelClient limited = IamModelClient.limited(model, IamModelClient::atOnce, Map.of("owner", "us"));

        // Then
        assertCode(
                "AccessDenied",
                () -> limited.putRolePolicy(
                        r -> r.roleName(NAME).policyName("one").policyDocument(policy("one"))));
        assertCode("AccessDenied", () -> limited.deleteRole(r -> r.roleName(NAME)));

        // When
        answer(() -> iam.tagRole(r -> r.roleName(NAME).tags(tag("owner", "us"))));

        // Then
        answer(() -> limited.deleteRole(r -> r.roleName(NAME)));
    }

    private String makeServiceLinked() {
        return answer(() -> iam.createServiceLinkedRole(
                        r -> r.awsServiceName("connect.amazonaws.com").customSuffix("one")))
                .role()
                .roleName();
    }

    private String status(String task) {
        return answer(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)))
                .statusAsString();
    }

    private void make() {
        answer(() -> iam.createRole(r -> r.roleName(NAME).assumeRolePolicyDocument(TRUST)));
    }

    private void put(String policy, String document) {
        answer(() -> iam.putRolePolicy(r -> r.roleName(NAME).policyName(policy).policyDocument(document)));
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
