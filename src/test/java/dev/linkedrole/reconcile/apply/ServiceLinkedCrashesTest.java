package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.CrashingGateway;
import dev.linkedrole.reconcile.CrashingLedger;
import dev.linkedrole.reconcile.ModelledIam;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ServiceLinkedRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at each call in the mode service-linked, including those between the creation of a role, the recording of its
 * name, and its tags.
 */
@Tag("aws")
class ServiceLinkedCrashesTest {

    /** Maximum number of calls, above that of any event. */
    private static final int MAX_CALLS = 40;

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/two";

    /** A model, since the test is about IAM. */
    private final Ledger ledger = ModelLedger.prompt();

    @ParameterizedTest
    @EnumSource
    void the_message_comes_again_and_the_role_is_right(CrashesTest.Life life) {
        atEveryCall(life, Replica.gateway(), (instance, events) -> {
            // When
            await(replica(Replica.gateway()).takeAgain(events.getLast()));

            // Then
            assertRight(instance, instance.after(events));
        });
    }

    @ParameterizedTest
    @EnumSource
    void another_event_comes_before_the_message_comes_again(CrashesTest.Life life) {
        atEveryCall(life, Replica.gateway(), (instance, events) -> {
            // When
            RoleEvent other = instance.enabled(6, "agent-events", STREAM);
            replica(Replica.gateway()).takeAll(other);

            // Then what is recorded by now is in force already
            LinkedRole recorded =
                    await(ledger.load(instance.id())).orElseThrow().role();
            assertRight(instance, recorded);

            // And when it does
            List<RoleEvent> all = new ArrayList<>(events);
            all.add(other);
            await(replica(Replica.gateway()).takeAgain(events.getLast()));
            assertRight(instance, instance.after(all));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_message_never_comes_again_and_a_reconcile_makes_it_right(CrashesTest.Life life) {
        atEveryCall(life, Replica.gateway(), (instance, events) -> {
            // Given that anything at all was recorded
            Optional<LinkedRole> recorded = await(ledger.load(instance.id())).map(record -> record.role());
            if (recorded.isPresent()) {

                // When
                await(replica(Replica.gateway()).reconciler().reconcile(instance.id(), ReconcileMode.IAM));

                // Then
                assertRight(instance, recorded.get());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_instance_is_deleted_before_the_message_comes_again(CrashesTest.Life life) {
        atEveryCall(life, Replica.gateway(), (instance, events) -> {
            // When
            replica(Replica.gateway()).takeAll(instance.deleted(20));

            // Then no role is left behind, whichever process had begun to make it
            assertThat(new ServiceLinkedRole(instance).arn()).isEmpty();
            await(replica(Replica.gateway()).takeAgain(events.getLast()));
            assertThat(new ServiceLinkedRole(instance).arn()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void where_roles_are_protected_it_is_made_ours_all_the_same(CrashesTest.Life life) {
        ModelledIam iam = ModelledIam.deletingIn(Duration.ofMillis(1));
        atEveryCall(life, iam.gateway(), (instance, events) -> {
            // When
            await(replica(iam.gateway()).takeAgain(events.getLast()));

            // Then
            assertRightAndProtected(iam, instance, instance.after(events));
        });
    }

    private void assertRightAndProtected(ModelledIam iam, Instance instance, LinkedRole known) {
        Optional<ActualRole.Present> found = iam.find(instance.roleName());
        assertThat(found.isPresent()).isEqualTo(known.live());
        found.ifPresent(role ->
                assertThat(role.tags()).containsAllEntriesOf(Defaults.SERVICE_LINKED.ownershipTags(instance.arn())));
        assertThat(await(ledger.load(instance.id()))).hasValueSatisfying(record -> {
            assertThat(record.role()).isEqualTo(known);
            assertThat(record.settled()).isEqualTo(known.deleted());
            found.ifPresent(role -> assertThat(record.roleArn()).contains(role.arn()));
            assertThat(record.conditions())
                    .extracting(Condition::type)
                    .isEqualTo(known.live() ? List.of(Condition.Type.ProtectedRole) : List.of());
        });
    }

    /**
     * Runs a life once for each call that its last event makes, with the death of its replica before the call, and
     * after it.
     */
    private void atEveryCall(CrashesTest.Life life, RoleGateway gateway, BiConsumer<Instance, List<RoleEvent>> then) {
        CrashPlan.ofEveryCall(MAX_CALLS, mortality -> {
            Instance instance = Instance.random();
            List<RoleEvent> events = life.of(instance);
            replica(gateway).takeAll(events.subList(0, events.size() - 1).toArray(RoleEvent[]::new));
            await(Replica.serviceLinked(new CrashingLedger(ledger, mortality), new CrashingGateway(gateway, mortality))
                    .take(events.getLast())
                    .replaceWithVoid()
                    .onFailure(CrashPlan.DeathException.class)
                    .recoverWithNull());
            then.accept(instance, events);
        });
    }

    private Replica replica(RoleGateway gateway) {
        return Replica.serviceLinked(ledger, gateway);
    }

    private void assertRight(Instance instance, LinkedRole known) {
        Optional<FoundRole> found = new ServiceLinkedRole(instance).find();
        assertThat(found.map(FoundRole::inlinePolicies))
                .isEqualTo(Stream.of(known)
                        .filter(LinkedRole::live)
                        .map(role -> Defaults.SERVICE_LINKED_COMPILER
                                .compileAnnounced(role)
                                .inlinePolicies())
                        .findFirst());
        assertThat(await(ledger.load(instance.id()))).hasValueSatisfying(record -> {
            assertThat(record.role()).isEqualTo(known);
            assertThat(record.settled()).isTrue();
            assertThat(record.conditions()).isEmpty();
        });
        found.ifPresent(role -> {
            assertThat(role.tags()).containsAllEntriesOf(Defaults.SERVICE_LINKED.ownershipTags(instance.arn()));
            assertThat(await(ledger.load(instance.id()))).hasValueSatisfying(record -> {
                assertThat(record.roleArn()).contains(role.arn());
                assertThat(record.roleName())
                        .contains(RoleName.ofArn(role.arn()).value());
            });
        });
    }
}
