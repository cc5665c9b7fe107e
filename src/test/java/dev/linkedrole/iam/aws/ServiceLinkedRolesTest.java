package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.iam.ServiceLinkedRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls for service-linked roles to a real IAM, and their results. */
@OnEachAws
@Tag("aws")
class ServiceLinkedRolesTest {

    private final RoleGateway gateway = new AwsRoleGateway(AwsTestClients.IAM, Retry.inRealTime());
    private final Instance instance = Instance.random();
    private final ServiceLinkedRole role = new ServiceLinkedRole(instance);
    private final DesiredRole.Present desired =
            Defaults.SERVICE_LINKED_COMPILER.compileAnnounced(instance.after(List.of(instance.created(0))));

    @Test
    void a_role_is_made_under_a_name_of_iams_own_and_says_whose_it_is() {
        // When
        String arn = make();

        // Then
        assertThat(arn)
                .contains(":role" + ServiceLinkedRole.PATH)
                .endsWith("_" + instance.id().hex());
        assertThat(role.arn()).contains(arn);
        ActualRole.Present made = (ActualRole.Present) await(gateway.read(RoleName.ofArn(arn)));
        assertThat(made.tags()).isEmpty();
        assertThat(made.description())
                .startsWith(desired.description().text())
                .contains(instance.arn().toString(), "linked-role-controller");
        assertThat(made.isOurs(desired.tags())).isTrue();
    }

    @Test
    void a_second_one_of_the_same_suffix_is_rejected_as_such() {
        make();

        assertFails(gateway.carryOut(desired.name(), new Step.CreateRole(desired)), Kind.ALREADY_EXISTS);
    }

    @Test
    void it_is_found_by_its_likely_name() {
        String arn = make();

        assertThat(await(gateway.find(RoleName.ofArn(arn), "/nowhere/", "none")))
                .contains(arn);
    }

    @Test
    void it_is_found_by_its_path_and_suffix() {
        // Given another one
        new ServiceLinkedRole(Instance.random()).make("another");
        String arn = make();

        // Then
        RoleName unlikely = new RoleName("Unlikely_" + instance.id().hex());
        assertThat(await(gateway.find(
                        unlikely, ServiceLinkedRole.PATH, instance.id().hex())))
                .contains(arn);
        assertThat(await(gateway.find(unlikely, "/nowhere/", instance.id().hex())))
                .isEmpty();
        assertThat(await(gateway.find(
                        unlikely, ServiceLinkedRole.PATH, Instance.random().id().hex())))
                .isEmpty();
    }

    @Test
    void it_is_deleted_by_a_task() {
        // Given
        RoleName name = RoleName.ofArn(make());

        // When
        String task = await(gateway.beginDeletion(name)).orElseThrow();

        // Then
        assertThat(await(gateway.deletion(task))).isEqualTo(new ServiceLinkedDeletion.Done());
        assertThat(role.arn()).isEmpty();
        assertThat(await(gateway.beginDeletion(name))).isEmpty();
    }

    @Test
    void an_emulator_deletes_it_only_without_policies() {
        RoleName name = RoleName.ofArn(make());
        ManualRoleEdit.of(name).putPolicy("extra", "sns:*");

        assertFails(gateway.beginDeletion(name), Kind.DELETE_CONFLICT);
    }

    private String make() {
        return await(gateway.carryOut(desired.name(), new Step.CreateRole(desired)))
                .orElseThrow();
    }

    private static void assertFails(Uni<?> call, Kind kind) {
        assertThatExceptionOfType(IamCallException.class)
                .isThrownBy(() -> await(call))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
