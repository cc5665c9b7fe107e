package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** Single calls to a real IAM, and their results. */
@OnEachAws
@Tag("aws")
class AwsRoleGatewayTest {

    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/%s/*"}]}""";

    private final RoleGateway gateway = new AwsRoleGateway(AwsTestClients.IAM, Retry.inRealTime());
    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();
    private final DesiredRole.Present desired =
            Defaults.COMPILER.compileAnnounced(instance.after(List.of(instance.created(0))));

    @Test
    void a_role_that_is_not_there_is_missing() {
        assertThat(await(gateway.read(name))).isEqualTo(new ActualRole.Missing());
        assertThat(await(gateway.tags(name))).isEmpty();
    }

    @Test
    void a_role_is_read_as_it_was_made() {
        // When
        Optional<String> arn = await(gateway.carryOut(name, new Step.CreateRole(desired)));

        // Then
        ActualRole.Present role = read();
        assertThat(arn).contains(role.arn());
        assertThat(role.arn()).endsWith(":role/linked-role/connect.amazonaws.com/" + name);
        assertThat(role.description()).isEqualTo(desired.description().text());
        assertThat(role.trustPolicy()).isEqualTo(desired.trustPolicy());
        assertThat(role.tags()).isEqualTo(desired.tags());
        assertThat(role.permissionsBoundary()).isEmpty();
        assertThat(role.inlinePolicies()).isEmpty();
        assertThat(role.attachedPolicies()).isEmpty();
        assertThat(await(gateway.tags(name))).contains(desired.tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "a b", "a%20b", "a%2Bb", "\\u00e9", "é", "a\\\\b", "a&b=c;d", "#$!'()@,~"})
    void a_policy_is_read_back_as_it_was_written(String prefix) {
        // Given
        String policy = POLICY.formatted(prefix);
        await(gateway.carryOut(name, new Step.CreateRole(desired)));

        // When
        await(gateway.carryOut(name, new Step.PutInlinePolicy("odd", policy)));

        // Then
        assertThat(read().inlinePolicies()).containsExactly(Map.entry("odd", policy));
    }

    @Test
    void all_policies_are_read() {
        // Given more than fit on one page of IAM's lists
        await(gateway.carryOut(name, new Step.CreateRole(desired)));
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 110; i++) {
            many.put("policy-" + i, POLICY.formatted(i));
        }
        many.forEach((policy, document) -> await(gateway.carryOut(name, new Step.PutInlinePolicy(policy, document))));
        String attached = ManualRoleEdit.of(name).attachPolicy("s3:*");

        // When
        ActualRole.Present role = read();

        // Then
        assertThat(role.inlinePolicies()).isEqualTo(many);
        assertThat(role.attachedPolicies()).containsExactly(attached);
    }

    @Test
    void all_obstacles_to_the_deletion_of_a_role_are_listed_and_removable() {
        // Given
        await(gateway.carryOut(name, new Step.CreateRole(desired)));
        String attached = ManualRoleEdit.of(name)
                .putPolicy("extra", "sns:*")
                .putInInstanceProfile()
                .attachPolicy("s3:*");

        // Then
        assertThat(await(gateway.obstacles(name)).digests())
                .containsOnlyKeys(
                        new RoleComponent.Inline("extra"),
                        new RoleComponent.Attached(attached),
                        new RoleComponent.InInstanceProfile(name.value()));
        assertThat(kindOf(new Step.DeleteRole())).isEqualTo(Kind.DELETE_CONFLICT);

        // When
        await(gateway.carryOut(name, new Step.DeleteInlinePolicy("extra")));
        await(gateway.carryOut(name, new Step.DetachPolicy(attached)));
        await(gateway.carryOut(name, new Step.LeaveInstanceProfile(name.value())));

        // Then
        assertThat(await(gateway.obstacles(name)).digests()).isEmpty();
        await(gateway.carryOut(name, new Step.DeleteRole()));
        assertThat(await(gateway.read(name))).isEqualTo(new ActualRole.Missing());
    }

    static List<Step> repeatable() {
        return List.of(
                new Step.PutTrustPolicy(ManualRoleEdit.TRUST_IN_EC2),
                new Step.PutTags(new TreeMap<>(Map.of("team", "billing", "linked-role:managed-by", "us"))),
                new Step.PutInlinePolicy("linked-role", POLICY.formatted("calls")),
                new Step.DeleteInlinePolicy("linked-role"),
                new Step.DetachPolicy("arn:aws:iam::aws:policy/ReadOnlyAccess"),
                new Step.DeleteRole());
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void a_step_that_is_done_may_be_done_again(Step step) {
        // Given
        await(gateway.carryOut(name, new Step.CreateRole(desired)));
        await(gateway.carryOut(name, step));
        ActualRole once = await(gateway.read(name));

        // When
        await(gateway.carryOut(name, step));

        // Then
        assertThat(await(gateway.read(name))).isEqualTo(once);
    }

    @Test
    void tags_of_others_stay() {
        // Given
        await(gateway.carryOut(name, new Step.CreateRole(desired)));
        ManualRoleEdit.of(name).tag("team", "billing").tag("linked-role:managed-by", "somebody else");

        // When
        await(gateway.carryOut(name, new Step.PutTags(desired.tags())));

        // Then
        assertThat(read().tags()).containsAllEntriesOf(desired.tags()).containsEntry("team", "billing");
    }

    @Test
    void a_second_role_of_the_same_name_is_rejected_as_such() {
        await(gateway.carryOut(name, new Step.CreateRole(desired)));

        assertThat(kindOf(new Step.CreateRole(desired))).isEqualTo(Kind.ALREADY_EXISTS);
    }

    @Test
    void what_is_put_on_a_role_that_is_not_there_is_not_found() {
        assertThat(kindOf(new Step.PutInlinePolicy("linked-role", POLICY.formatted("calls"))))
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(new Step.PutTrustPolicy(ManualRoleEdit.TRUST_IN_EC2))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(new Step.PutTags(desired.tags()))).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void a_policy_that_is_none_is_rejected() {
        await(gateway.carryOut(name, new Step.CreateRole(desired)));

        assertThat(kindOf(new Step.PutInlinePolicy("linked-role", "{\"hello\": \"world\"}")))
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void an_iam_that_does_not_answer_may_later() {
        // Given no server at the other end
        try (IamAsyncClient nobody = IamAsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + LocalAws.freePort()))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
            RoleGateway alone = new AwsRoleGateway(nobody, Retry.inRealTime());

            // Then
            assertThatExceptionOfType(IamCallException.class)
                    .isThrownBy(() -> await(alone.read(name)))
                    .withMessageContaining("GetRole")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT));
            assertThatExceptionOfType(IamCallException.class)
                    .isThrownBy(() -> await(alone.obstacles(name)))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT));
        }
    }

    private ActualRole.Present read() {
        return (ActualRole.Present) await(gateway.read(name));
    }

    private Kind kindOf(Step step) {
        try {
            await(gateway.carryOut(name, step));
        } catch (IamCallException e) {
            return e.kind();
        }
        throw new AssertionError("it succeeded: " + step.summary());
    }
}
