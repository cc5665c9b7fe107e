package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.WaitingOutcome;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.HandTime;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of an event that was refused. */
class RefusedEventsTest {

    private static final Refusal REFUSAL = new Refusal(Refusal.Reason.UNKNOWN_FEATURE, "is nothing that is known");

    private final HandTime time = new HandTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelLedger ledger = cloud.process().ledger();
    private final RefusedEvents refused =
            new RefusedEvents(ledger, ledger, Defaults.COMPILER, time, CircuitBreaker.alwaysClosed(time.retry(0.5)));
    private final Instance instance = Instance.random();
    private final Answered answered = new Answered(instance.created(0).eventId(), Optional.of("feature-enabled"));

    @Test
    void of_an_instance_that_is_known_it_is_told_with_its_role() {
        // Given
        cloud.process().take(instance.created(0));

        // Then
        assertThat(told(instance.id()).subject()).hasValueSatisfying(subject -> {
            assertThat(subject.role()).isEqualTo(instance.roleName());
            assertThat(subject.arn()).hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + instance.roleName()));
            assertThat(subject.instance()).isEqualTo(instance.arn());
            assertThat(subject.revision()).isOne();
        });
    }

    @Test
    void of_a_role_that_was_not_made_yet_it_is_told_with_the_name_it_will_have() {
        // Given one of which something is recorded, and nothing was done
        Instance other = Instance.random();
        RoleEvent event = other.enabled(1, "outbound-campaigns");
        cloud.process().record(event);

        // Then
        assertThat(told(other.id()).subject()).hasValueSatisfying(subject -> {
            assertThat(subject.role()).isEqualTo(other.roleName());
            assertThat(subject.arn()).isEmpty();
        });
    }

    @Test
    void of_an_instance_that_is_not_known_it_is_told_without() {
        assertThat(told(instance.id()).subject()).isEmpty();
    }

    private Outcome.GrantRefused told(InstanceId about) {
        await(refused.tell(answered, Optional.of(about), REFUSAL));
        List<WaitingOutcome> waiting = await(ledger.oldest(Outbox.laneOf(about), 10));
        Outcome.GrantRefused told = (Outcome.GrantRefused) waiting.getLast().outcome();
        assertThat(told.about()).contains(about);
        assertThat(told.refused()).isEqualTo(answered);
        assertThat(told.refusal()).isEqualTo(REFUSAL);
        assertThat(told.time()).isEqualTo(time.instant());
        return told;
    }
}
