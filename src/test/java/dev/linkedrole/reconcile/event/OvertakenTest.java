package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.concurrency.BusyInstanceException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process that is overtaken by another one at the worst moment. */
class OvertakenTest {

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(true);
    private final ModelCloud.MortalProcess another = cloud.process();
    private final AtomicInteger bots = new AtomicInteger();
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);

    @Test
    void who_is_not_overtaken_writes_once_and_checks_once() {
        assertThat(await(process.handler().handle(instance.created(0), false)).reconciliation())
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        done -> assertThat(done.role()).isEqualTo(instance.roleName()));
        assertThat(calls.calls).containsExactly("Load", "Record", "CreateRole", "PutRolePolicy", "MarkApplied");
    }

    @Test
    void who_was_overtaken_while_he_wrote_writes_once_more_what_is_newest() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        calls.before("MarkApplied", () -> {
            if (bots.get() == 1) {
                await(another.handler().handle(another(), false));
            }
        });

        // When
        await(process.handler().handle(another(), false));

        // Then
        assertThat(calls.count("PutRolePolicy")).isEqualTo(2);
        assertThat(calls.count("MarkApplied")).isEqualTo(2);
        assertThat(another.record(instance).settled()).isTrue();
    }

    @Test
    void after_ten_conflicting_rounds_the_message_is_returned_to_the_queue() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        calls.before("MarkApplied", () -> await(another.handler().handle(another(), false)));

        // When
        Uni<HandlingResult> handled = process.handler().handle(another(), false);

        // Then
        assertThatThrownBy(() -> await(handled)).isInstanceOf(BusyInstanceException.class);
        assertThat(calls.count("MarkApplied")).isEqualTo(Reconciler.MAX_ROUNDS);
        assertThat(calls.count("PutRolePolicy")).isEqualTo(Reconciler.MAX_ROUNDS);
        assertThat(another.record(instance).revision()).isEqualTo(1 + 1 + Reconciler.MAX_ROUNDS);
    }

    @Test
    void what_changes_nothing_is_answered_once() {
        // Given
        await(another.handler().handle(instance.created(5), false));

        // When
        await(process.handler().handle(instance.created(1), false));

        // Then
        assertThat(calls.calls).containsExactly("Load", "Record", "Answer");
        assertThat(another.record(instance).pendingAcknowledgements().isEmpty()).isTrue();
    }

    @Test
    void who_is_overtaken_while_he_answers_answers_what_is_newest() {
        // Given
        await(another.handler().handle(instance.created(5), false));
        AtomicInteger times = new AtomicInteger();
        calls.before("Answer", () -> {
            if (times.getAndIncrement() == 0) {
                another.record(instance.created(2));
            }
        });

        // When
        await(process.handler().handle(instance.created(1), false));

        // Then
        assertThat(calls.calls).containsExactly("Load", "Record", "Answer", "Load", "Answer");
        assertThat(another.record(instance).pendingAcknowledgements().isEmpty()).isTrue();
    }

    @Test
    void who_is_overtaken_each_time_he_answers_leaves_it_to_the_others() {
        // Given
        await(another.handler().handle(instance.created(500), false));
        AtomicInteger times = new AtomicInteger();
        calls.before("Answer", () -> another.record(instance.created(2 + times.getAndIncrement())));

        // When
        await(process.handler().handle(instance.created(1), false));

        // Then
        assertThat(calls.count("Answer")).isEqualTo(Reconciler.MAX_ROUNDS);
        assertThat(another.record(instance).pendingAcknowledgements().events()).hasSize(Reconciler.MAX_ROUNDS + 1);
    }

    /** Returns a grant that was not sent before. */
    private RoleEvent another() {
        int number = bots.incrementAndGet();
        return instance.enabled(
                number, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/number-" + number);
    }
}
