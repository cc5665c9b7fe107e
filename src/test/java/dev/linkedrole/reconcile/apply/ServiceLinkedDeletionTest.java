package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.CrashingGateway;
import dev.linkedrole.reconcile.CrashingLedger;
import dev.linkedrole.reconcile.ModelledIam;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.resync.ResyncResult;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Deletions that IAM carries out asynchronously, or not at all; on models, since an emulator deletes at once. */
class ServiceLinkedDeletionTest {

    private static final String BEGIN = "DeleteServiceLinkedRole";
    private static final String LOOK = "GetServiceLinkedRoleDeletionStatus";
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Ledger ledger = ModelLedger.prompt();
    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();
    private final RoleEvent deleted = instance.deleted(9);

    @Test
    void one_that_takes_its_time_is_followed_to_its_end() {
        // Given
        ModelledIam iam = ModelledIam.deletingIn(Duration.ofMillis(700));
        Replica replica = living(iam);

        // When
        HandlingResult handled = await(replica.take(deleted));

        // Then
        assertThat(handled.reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        List<String> calls = iam.take();
        assertThat(calls).startsWith("GetRole", BEGIN, LOOK, LOOK).hasSizeLessThan(7);
        assertThat(Collections.frequency(calls, BEGIN)).isOne();
        assertThat(iam.find(name)).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
    }

    @Test
    void a_slow_deletion_is_left_to_the_resync_and_delays_no_message() {
        // Given
        ModelledIam iam = ModelledIam.deletingIn(AN_HOUR);
        Replica replica = living(iam);

        // When
        HandlingResult handled = await(replica.take(deleted));

        // Then
        assertThat(handled.reconciliation()).isInstanceOfSatisfying(Reconciliation.Blocked.class, held -> {
            assertThat(held.condition().type()).isEqualTo(Condition.Type.DeletionRunning);
            assertThat(held.condition().detail()).contains("task/aws-service-role/connect.amazonaws.com/" + name);
        });
        assertThat(Collections.frequency(iam.take(), LOOK)).isBetween(2, 8);
        assertThat(record().settled()).isFalse();
        assertThat(await(ledger.pending())).contains(instance.id());

        // And once IAM is through, so is the resync
        iam.pass(AN_HOUR);
        resync(replica);
        assertThat(iam.find(name)).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
        assertThat(await(ledger.pending())).doesNotContain(instance.id());
    }

    @Test
    void one_that_fails_is_a_condition_that_says_why_and_is_tried_once_a_resync() {
        // Given
        ModelledIam iam = ModelledIam.deletingIn(Duration.ZERO);
        Replica replica = living(iam);
        iam.use(name, instance.arn().toString());

        // When
        HandlingResult handled = await(replica.take(deleted));

        // Then
        assertThat(handled.reconciliation()).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(iam.take()).containsExactly("GetRole", BEGIN, LOOK);
        assertThat(record().conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.DeletionFailed);
            assertThat(condition.detail()).contains("The role is in use", instance.arn() + " (us-west-2)");
        });
        assertThat(await(ledger.pending())).contains(instance.id());

        // And the resync has IAM try again, once a round
        assertThat(resync(replica)).containsEntry(ResyncResult.BLOCKED, 1L);
        assertThat(iam.take()).containsExactly("GetRole", BEGIN, LOOK);
        assertThat(iam.find(name)).isPresent();

        // And once nothing uses it any more
        iam.letGo(name);
        assertThat(resync(replica)).containsEntry(ResyncResult.REPAIRED, 1L);
        assertThat(iam.find(name)).isEmpty();
        assertThat(record().conditions()).isEmpty();
        assertThat(record().settled()).isTrue();
    }

    @Test
    void one_that_was_begun_by_somebody_who_died_goes_on() {
        // Given
        ModelledIam iam = ModelledIam.deletingIn(AN_HOUR);
        living(iam);
        CrashPlan atTheFirstLook = new CrashPlan(5, true);
        await(iam.replica(
                        new CrashingLedger(ledger, atTheFirstLook), new CrashingGateway(iam.gateway(), atTheFirstLook))
                .take(deleted)
                .replaceWithVoid()
                .onFailure(CrashPlan.DeathException.class)
                .recoverWithNull());
        assertThat(iam.take()).containsExactly("GetRole", BEGIN, LOOK);

        // When
        HandlingResult handled = await(living(iam).takeAgain(deleted));

        // Then it is the same task
        assertThat(handled.reconciliation())
                .isInstanceOfSatisfying(
                        Reconciliation.Blocked.class,
                        held -> assertThat(held.condition().type()).isEqualTo(Condition.Type.DeletionRunning));
        iam.pass(AN_HOUR);
        resync(living(iam));
        assertThat(iam.find(name)).isEmpty();
        assertThat(record().settled()).isTrue();
    }

    @Test
    void an_obstacle_that_iam_protects_is_a_condition() {
        // Given
        ModelledIam iam = ModelledIam.deletingIn(Duration.ZERO);
        living(iam);

        // When
        await(iam.replica(ledger, new ObstructedGateway(iam.gateway())).take(deleted));

        // Then
        assertThat(iam.take()).containsExactly("GetRole", "DeleteRolePolicy");
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.ProtectedRole);
        assertThat(iam.find(name)).isPresent();
    }

    /** Returns a replica that has created the role. */
    private Replica living(ModelledIam iam) {
        Replica replica = iam.replica(ledger);
        replica.takeAll(instance.created(0));
        iam.take();
        return replica;
    }

    private Map<ResyncResult, Long> resync(Replica replica) {
        return await(WholeResync.of(replica.resync(), (id, failure) -> {
            throw new AssertionError(id + " failed", failure);
        }));
    }

    private RoleRecord record() {
        return await(ledger.load(instance.id())).orElseThrow();
    }

    /** Gateway to an IAM that wants the policies of a service-linked role removed before the role. */
    private static final class ObstructedGateway extends ForwardingGateway {

        private boolean tried;

        ObstructedGateway(RoleGateway gateway) {
            super(gateway);
        }

        @Override
        public Uni<Optional<String>> beginDeletion(RoleName role) {
            if (tried) {
                return super.beginDeletion(role);
            }
            tried = true;
            return Uni.createFrom().failure(new IamCallException(Kind.DELETE_CONFLICT, "it has policies"));
        }

        @Override
        public Uni<RoleFingerprint> obstacles(RoleName role) {
            SortedMap<RoleComponent, String> policy = new TreeMap<>();
            policy.put(new RoleComponent.Inline("of-the-service"), RoleFingerprint.UNKNOWN);
            return Uni.createFrom().item(new RoleFingerprint(policy));
        }
    }
}
