package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.DeletionTaskFailureReasonType;
import software.amazon.awssdk.services.iam.model.RoleUsageType;

/** Calls for service-linked roles to an IAM that is as strict as AWS's, and their results. */
class ProtectedRolesTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final IamModel iam = new IamModel(Instance.ACCOUNT, () -> now, () -> Duration.ZERO, AN_HOUR);
    private final RoleGateway gateway = new AwsRoleGateway(IamModelClient.administrator(iam), Retry.inRealTime());
    private final Instance instance = Instance.random();
    private final DesiredRole.Present desired =
            Defaults.SERVICE_LINKED_COMPILER.compileAnnounced(instance.after(List.of(instance.created(0))));
    private final RoleName name = desired.name();

    @BeforeEach
    void made() {
        assertThat(await(gateway.carryOut(name, new Step.CreateRole(desired))))
                .contains("arn:aws:iam::" + Instance.ACCOUNT + ":role/aws-service-role/connect.amazonaws.com/" + name);
    }

    @Test
    void a_second_one_of_the_same_suffix_is_rejected_as_such() {
        assertFails(gateway.carryOut(name, new Step.CreateRole(desired)), Kind.ALREADY_EXISTS);
    }

    @Test
    void what_its_service_alone_may_change_is_rejected_as_such() {
        String policy = desired.inlinePolicies().firstEntry().getValue();

        assertFails(gateway.carryOut(name, new Step.PutInlinePolicy("linked-role", policy)), Kind.PROTECTED);
        assertFails(gateway.carryOut(name, new Step.PutTrustPolicy(desired.trustPolicy())), Kind.PROTECTED);
        assertFails(gateway.carryOut(name, new Step.DeleteRole()), Kind.PROTECTED);
    }

    @Test
    void its_tags_and_description_may_be_changed() {
        // When
        await(gateway.carryOut(name, new Step.PutTags(desired.tags())));
        await(gateway.carryOut(name, new Step.PutDescription("edited")));

        // Then
        ActualRole.Present role = (ActualRole.Present) await(gateway.read(name));
        assertThat(role.tags()).isEqualTo(desired.tags());
        assertThat(role.description()).isEqualTo("edited");
    }

    @Test
    void a_slow_deletion_is_running_and_a_second_request_returns_the_same_one() {
        // When
        String task = await(gateway.beginDeletion(name)).orElseThrow();

        // Then
        assertThat(await(gateway.deletion(task))).isEqualTo(new ServiceLinkedDeletion.Running());
        assertThat(await(gateway.beginDeletion(name))).contains(task);

        // And once it is over
        now = now.plus(AN_HOUR);
        assertThat(await(gateway.deletion(task))).isEqualTo(new ServiceLinkedDeletion.Done());
        assertThat(await(gateway.beginDeletion(name))).isEmpty();
    }

    @Test
    void a_task_that_is_not_seen_yet_is_running() {
        assertThat(await(gateway.deletion("task/aws-service-role/connect.amazonaws.com/" + name + "/unheard-of")))
                .isEqualTo(new ServiceLinkedDeletion.Running());
    }

    @Test
    void a_deletion_that_failed_says_why_and_what_still_uses_the_role() {
        // Given
        iam.use(name.value(), Optional.of(instance.arn().toString()));
        String task = await(gateway.beginDeletion(name)).orElseThrow();
        now = now.plus(AN_HOUR);

        // Then
        assertThat(await(gateway.deletion(task)))
                .isEqualTo(new ServiceLinkedDeletion.Failed(
                        "The role is in use; still used by " + instance.arn() + " (us-west-2)"));
    }

    @Test
    void of_many_uses_some_are_named_and_the_rest_counted() {
        // Given
        List<String> uses =
                IntStream.range(0, 12).mapToObj(i -> "arn:aws:one:" + i).toList();

        // Then
        assertThat(AwsServiceLinkedRoles.reason(DeletionTaskFailureReasonType.builder()
                        .reason("It is in use")
                        .roleUsageList(
                                RoleUsageType.builder().region("eu-west-1").build(),
                                RoleUsageType.builder()
                                        .region("us-west-2")
                                        .resources(uses)
                                        .build())
                        .build()))
                .startsWith("It is in use; still used by something in eu-west-1, arn:aws:one:0 (us-west-2), ")
                .endsWith("arn:aws:one:8 (us-west-2) and 3 more");
    }

    @Test
    void without_a_reason_it_says_so() {
        assertThat(AwsServiceLinkedRoles.reason(
                        DeletionTaskFailureReasonType.builder().build()))
                .isEqualTo("IAM gives no reason");
    }

    private static void assertFails(Uni<?> call, Kind kind) {
        assertThatExceptionOfType(IamCallException.class)
                .isThrownBy(() -> await(call))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
