package dev.linkedrole.iammodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;

/** Contract test of every IAM that is available here: the model, and the local AWS. */
abstract class IamContract {

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"connect.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final String name = "contract-" + UUID.randomUUID();

    abstract IamAsyncClient iam();

    @Test
    void a_role_is_had_as_it_was_made() {
        // When
        make();

        // Then
        Role role = answer(() -> iam().getRole(r -> r.roleName(name))).role();
        assertThat(role.roleName()).isEqualTo(name);
        assertThat(role.path()).isEqualTo("/contract/");
        assertThat(role.arn()).endsWith(":role/contract/" + name);
        assertThat(role.description()).isEqualTo("made by a test");
        assertThat(role.tags()).containsExactly(tag("owner", "contract"));
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
    }

    @Test
    void a_role_that_is_not_there_is_not_found_by_whatever_asks() {
        assertCode("NoSuchEntity", () -> iam().getRole(r -> r.roleName(name)));
        assertCode("NoSuchEntity", () -> iam().deleteRole(r -> r.roleName(name)));
        assertCode("NoSuchEntity", () -> iam().listRolePolicies(r -> r.roleName(name)));
        assertCode("NoSuchEntity", () -> iam().listAttachedRolePolicies(r -> r.roleName(name)));
        assertCode(
                "NoSuchEntity",
                () -> iam().putRolePolicy(
                                r -> r.roleName(name).policyName("one").policyDocument(policy("one"))));
        assertCode("NoSuchEntity", () -> iam().tagRole(r -> r.roleName(name).tags(tag("a", "b"))));
        assertCode(
                "NoSuchEntity",
                () -> iam().updateAssumeRolePolicy(r -> r.roleName(name).policyDocument(TRUST)));
    }

    @Test
    void a_name_can_be_had_once() {
        make();

        assertCode("EntityAlreadyExists", this::create);
    }

    @Test
    void a_tag_that_is_put_again_is_replaced_and_others_stay() {
        // Given
        make();

        // When
        answer(() -> iam().tagRole(r -> r.roleName(name).tags(tag("owner", "another"), tag("team", "billing"))));

        // Then
        assertThat(answer(() -> iam().getRole(r -> r.roleName(name))).role().tags())
                .containsExactlyInAnyOrder(tag("owner", "another"), tag("team", "billing"));
    }

    @Test
    void an_inline_policy_is_put_read_replaced_listed_and_deleted() {
        // Given
        make();

        // When
        put("one", policy("first"));
        put("one", policy("second"));
        put("two", policy("third"));

        // Then
        assertThat(answer(() -> iam().listRolePolicies(r -> r.roleName(name))).policyNames())
                .containsExactlyInAnyOrder("one", "two");
        assertThat(decoded(
                        answer(() -> iam().getRolePolicy(r -> r.roleName(name).policyName("one")))
                                .policyDocument()))
                .isEqualTo(policy("second"));

        // When
        answer(() -> iam().deleteRolePolicy(r -> r.roleName(name).policyName("one")));

        // Then
        assertThat(answer(() -> iam().listRolePolicies(r -> r.roleName(name))).policyNames())
                .containsExactly("two");
        assertCode(
                "NoSuchEntity", () -> iam().getRolePolicy(r -> r.roleName(name).policyName("one")));
        assertCode(
                "NoSuchEntity",
                () -> iam().deleteRolePolicy(r -> r.roleName(name).policyName("one")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"Version\":\"2012-10-17\"}", "{\"hello\":\"world\"}"})
    void what_is_no_policy_is_malformed(String document) {
        make();

        assertCode(
                "MalformedPolicyDocument",
                () -> iam().putRolePolicy(
                                r -> r.roleName(name).policyName("one").policyDocument(document)));
    }

    @Test
    void a_role_with_a_policy_cannot_be_deleted() {
        // Given
        make();
        put("one", policy("first"));

        // Then
        assertCode("DeleteConflict", () -> iam().deleteRole(r -> r.roleName(name)));

        // And without it
        answer(() -> iam().deleteRolePolicy(r -> r.roleName(name).policyName("one")));
        answer(() -> iam().deleteRole(r -> r.roleName(name)));
        assertCode("NoSuchEntity", () -> iam().getRole(r -> r.roleName(name)));
    }

    @Test
    void a_managed_policy_is_attached_listed_and_detached() {
        // Given
        make();
        String arn = makePolicy();

        // When
        attach(arn);
        attach(arn);

        // Then
        assertThat(answer(() -> iam().listAttachedRolePolicies(r -> r.roleName(name)))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(arn);
        assertCode("DeleteConflict", () -> iam().deleteRole(r -> r.roleName(name)));

        // When
        detach(arn);

        // Then
        assertCode(
                "NoSuchEntity",
                () -> iam().detachRolePolicy(r -> r.roleName(name).policyArn(arn)));
        answer(() -> iam().deletePolicy(r -> r.policyArn(arn)));
        assertCode("NoSuchEntity", () -> iam().getPolicy(r -> r.policyArn(arn)));
    }

    @Test
    void a_policy_that_is_not_there_is_not_found_by_whatever_asks() {
        // Given
        make();
        String arn = makePolicy();
        answer(() -> iam().deletePolicy(r -> r.policyArn(arn)));

        // Then
        assertCode("NoSuchEntity", () -> iam().getPolicy(r -> r.policyArn(arn)));
        assertCode("NoSuchEntity", () -> iam().listPolicyVersions(r -> r.policyArn(arn)));
        assertCode(
                "NoSuchEntity",
                () -> iam().attachRolePolicy(r -> r.roleName(name).policyArn(arn)));
        assertCode(
                "NoSuchEntity",
                () -> iam().createPolicyVersion(r -> r.policyArn(arn).policyDocument(policy("next"))));
    }

    @Test
    void the_name_of_a_managed_policy_can_be_had_once() {
        makePolicy();

        assertCode("EntityAlreadyExists", this::createPolicy);
    }

    @Test
    void a_managed_policy_has_five_versions_at_most_and_one_default() {
        // Given
        String arn = makePolicy();
        for (int i = 2; i <= 5; i++) {
            next(arn, "v" + i);
        }

        // Then
        assertCode(
                "LimitExceeded",
                () -> iam().createPolicyVersion(r ->
                        r.policyArn(arn).policyDocument(policy("v6")).setAsDefault(true)));
        assertCode(
                "DeleteConflict",
                () -> iam().deletePolicyVersion(r -> r.policyArn(arn).versionId("v5")));

        // When
        answer(() -> iam().deletePolicyVersion(r -> r.policyArn(arn).versionId("v1")));
        next(arn, "v6");

        // Then
        assertThat(answer(() -> iam().listPolicyVersions(r -> r.policyArn(arn))).versions())
                .extracting(PolicyVersion::versionId, PolicyVersion::isDefaultVersion)
                .containsExactlyInAnyOrder(
                        tuple("v2", false),
                        tuple("v3", false),
                        tuple("v4", false),
                        tuple("v5", false),
                        tuple("v6", true));
        assertThat(decoded(answer(() ->
                                iam().getPolicyVersion(r -> r.policyArn(arn).versionId("v6")))
                        .policyVersion()
                        .document()))
                .isEqualTo(policy("v6"));
        assertThat(answer(() -> iam().getPolicy(r -> r.policyArn(arn))).policy().defaultVersionId())
                .isEqualTo("v6");
    }

    @Test
    void a_role_in_an_instance_profile_cannot_be_deleted() {
        // Given
        make();
        answer(() -> iam().createInstanceProfile(r -> r.instanceProfileName(name)));
        answer(() -> iam().addRoleToInstanceProfile(r -> r.roleName(name).instanceProfileName(name)));

        // Then
        assertThat(answer(() -> iam().listInstanceProfilesForRole(r -> r.roleName(name)))
                        .instanceProfiles())
                .hasSize(1);
        assertCode("DeleteConflict", () -> iam().deleteRole(r -> r.roleName(name)));

        // When
        answer(() -> iam().removeRoleFromInstanceProfile(r -> r.roleName(name).instanceProfileName(name)));

        // Then
        answer(() -> iam().deleteRole(r -> r.roleName(name)));
    }

    @Test
    void a_service_linked_role_is_made_and_deleted() {
        // Given
        String suffix = UUID.randomUUID().toString().replace("-", "");

        // When
        Role role = answer(() -> iam().createServiceLinkedRole(
                                r -> r.awsServiceName("connect.amazonaws.com").customSuffix(suffix)))
                .role();

        // Then
        assertThat(role.roleName()).endsWith("_" + suffix);
        assertThat(role.path()).isEqualTo("/aws-service-role/connect.amazonaws.com/");
        assertThat(answer(() -> iam().getRole(r -> r.roleName(role.roleName())))
                        .role()
                        .arn())
                .isEqualTo(role.arn());

        // When
        String task = answer(() -> iam().deleteServiceLinkedRole(r -> r.roleName(role.roleName())))
                .deletionTaskId();

        // Then
        assertThat(answer(() -> iam().getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)))
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
        assertCode("NoSuchEntity", () -> iam().getRole(r -> r.roleName(role.roleName())));
    }

    @Test
    void all_roles_and_policies_are_had_by_pages() {
        // Given
        make();
        put("one", policy("first"));
        String arn = makePolicy();
        attach(arn);
        next(arn, "v2");

        // When
        List<GetAccountAuthorizationDetailsResponse> pages = TestTimeout.await(Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(iam().getAccountAuthorizationDetailsPaginator(
                                r -> r.filter(EntityType.ROLE, EntityType.LOCAL_MANAGED_POLICY)
                                        .maxItems(1_000))))
                .collect()
                .asList());

        // Then a role says all but how it is described
        RoleDetail role = pages.stream()
                .flatMap(page -> page.roleDetailList().stream())
                .filter(each -> each.roleName().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(role.arn()).endsWith(":role/contract/" + name);
        assertThat(role.tags()).containsExactly(tag("owner", "contract"));
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
        assertThat(role.rolePolicyList())
                .singleElement()
                .satisfies(policy -> assertThat(policy.policyName()).isEqualTo("one"))
                .satisfies(
                        policy -> assertThat(decoded(policy.policyDocument())).isEqualTo(policy("first")));
        assertThat(role.attachedManagedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(arn);

        // And a policy says what is in force
        ManagedPolicyDetail policy = pages.stream()
                .flatMap(page -> page.policies().stream())
                .filter(each -> each.arn().equals(arn))
                .findFirst()
                .orElseThrow();
        assertThat(policy.defaultVersionId()).isEqualTo("v2");
        assertThat(policy.policyVersionList())
                .filteredOn(PolicyVersion::isDefaultVersion)
                .singleElement()
                .satisfies(version -> assertThat(decoded(version.document())).isEqualTo(policy("v2")));
    }

    private void make() {
        answer(this::create);
    }

    private CompletableFuture<?> create() {
        return iam().createRole(r -> r.roleName(name)
                .path("/contract/")
                .description("made by a test")
                .assumeRolePolicyDocument(TRUST)
                .tags(tag("owner", "contract")));
    }

    private void put(String policy, String document) {
        answer(() ->
                iam().putRolePolicy(r -> r.roleName(name).policyName(policy).policyDocument(document)));
    }

    private String makePolicy() {
        return answer(this::createPolicy).policy().arn();
    }

    private CompletableFuture<CreatePolicyResponse> createPolicy() {
        return iam().createPolicy(r -> r.policyName(name)
                .path("/contract/")
                .policyDocument(policy("v1"))
                .tags(tag("owner", "contract")));
    }

    private void next(String arn, String resource) {
        answer(() -> iam().createPolicyVersion(
                        r -> r.policyArn(arn).policyDocument(policy(resource)).setAsDefault(true)));
    }

    private void attach(String arn) {
        answer(() -> iam().attachRolePolicy(r -> r.roleName(name).policyArn(arn)));
    }

    private void detach(String arn) {
        answer(() -> iam().detachRolePolicy(r -> r.roleName(name).policyArn(arn)));
    }

    static String policy(String resource) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::%s"}]}""".formatted(resource);
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static <T> T answer(Supplier<CompletableFuture<T>> call) {
        return TestTimeout.await(Uni.createFrom().completionStage(call));
    }

    static void assertCode(String code, Supplier<? extends CompletableFuture<?>> call) {
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> TestTimeout.await(Uni.createFrom().completionStage(call.get())))
                .satisfies(failure ->
                        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
