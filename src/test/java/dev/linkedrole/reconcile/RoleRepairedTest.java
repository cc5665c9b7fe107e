package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drift that is repaired is published as an outcome, if outcomes are. */
class RoleRepairedTest {

    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final Instance instance = Instance.random();

    @Test
    void a_repair_says_what_others_had_changed_and_what_was_done() {
        // Given
        ModelCloud cloud = new ModelCloud(true, time);
        ModelCloud.MortalProcess process = living(cloud);
        cloud.administrator()
                .deleteRolePolicy(r -> r.roleName(instance.roleName().value()).policyName(PolicySlot.INLINE_POLICY))
                .join();

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(waiting(process)).singleElement().isInstanceOfSatisfying(Outcome.RoleRepaired.class, repaired -> {
            assertThat(repaired.subject().role()).isEqualTo(instance.roleName());
            assertThat(repaired.subject().revision()).isEqualTo(1);
            assertThat(repaired.drift())
                    .singleElement()
                    .satisfies(difference -> assertThat(difference.component()).isEqualTo("inline:linked-role"));
            assertThat(repaired.steps()).containsExactly("put the inline policy linked-role");
        });

        // And a role that is found right is no outcome
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(waiting(process)).hasSize(1);
    }

    @Test
    void where_no_outcomes_are_published_a_repair_is_none() {
        // Given
        ModelCloud cloud = new ModelCloud(false, time);
        ModelCloud.MortalProcess process = living(cloud);
        cloud.removeByHand(instance.roleName());

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(cloud.permissions(instance.roleName())).isPresent();
        assertThat(waiting(process)).isEmpty();
    }

    /** Creates the role, and lets it be right for a while; the answer to its announcement is published. */
    private ModelCloud.MortalProcess living(ModelCloud cloud) {
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(0));
        time.pass(SETTLED);
        await(process.ledger().oldest(Outbox.laneOf(instance.id()), 10))
                .forEach(answered -> await(process.ledger().remove(answered)));
        return process;
    }

    private List<Outcome> waiting(ModelCloud.MortalProcess process) {
        return await(process.ledger().oldest(Outbox.laneOf(instance.id()), 10)).stream()
                .map(PendingOutcome::outcome)
                .toList();
    }
}
