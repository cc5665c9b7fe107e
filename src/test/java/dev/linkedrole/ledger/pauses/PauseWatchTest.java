package dev.linkedrole.ledger.pauses;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.role.pause.Pauses;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A replica's view of the pauses: one read in a while, and never too old. */
class PauseWatchTest {

    private final ManualTime time = new ManualTime();
    private final ModelPauses pauses = new ModelPauses();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private boolean slow;
    private final PauseWatch watch = new PauseWatch(pauses.through(new Counted()), time, time);

    @Test
    void many_who_ask_soon_cost_one_read() {
        // When
        for (int i = 0; i < 100; i++) {
            await(watch.current());
        }

        // Then
        assertThat(answers).hasSize(1);
    }

    @Test
    void a_pause_is_known_once_the_view_is_too_old() {
        // Given
        await(watch.current());
        Pause pause = pause();

        // When
        time.pass(PauseWatch.MAX_AGE);

        // Then
        assertThat(await(watch.current()).inForce(time.instant())).containsExactly(pause);
        assertThat(watch.known().all()).containsExactly(pause);
    }

    @Test
    void all_who_ask_while_it_is_read_share_the_read() {
        // Given
        slow = true;
        UniAssertSubscriber<Pauses> first = ask();
        UniAssertSubscriber<Pauses> second = ask();

        // When
        answers.getFirst().complete(null);

        // Then
        assertThat(answers).hasSize(1);
        assertThat(first.awaitItem().getItem()).isEqualTo(second.awaitItem().getItem());
    }

    @Test
    void the_view_is_as_old_as_the_beginning_of_its_read() {
        // Given
        slow = true;
        UniAssertSubscriber<Pauses> first = ask();
        time.pass(PauseWatch.MAX_AGE);
        answers.getFirst().complete(null);
        first.awaitItem();

        // When
        ask();

        // Then
        assertThat(answers).hasSize(2);
    }

    @Test
    void nothing_is_known_while_a_view_that_is_too_old_cannot_be_read() {
        // Given
        await(watch.current());
        slow = true;
        time.pass(PauseWatch.MAX_AGE);

        // When
        UniAssertSubscriber<Pauses> failed = ask();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));

        // Then
        failed.awaitFailure();
        slow = false;
        assertThat(await(watch.current()).all()).isEmpty();
    }

    @Test
    void the_log_says_once_that_a_pause_begins_and_once_that_it_ends() {
        try (LogLines log = LogLines.of(PauseWatch.class)) {
            // Given
            pause();

            // When
            await(watch.look());
            await(watch.look());
            time.pass(Duration.ofHours(1));
            await(watch.look());
            await(watch.look());

            // Then
            String keys = "scope=all caller=ann until=2026-11-23T10:00:00Z ";
            assertThat(log.lines())
                    .containsExactly(
                            "WARN " + keys + "Paused: nothing is written to IAM, since: an audit",
                            "INFO " + keys + "A pause has ended, or was replaced");
        }
    }

    private Pause pause() {
        Pause pause = Pause.requested(
                new PauseScope.All(),
                "an audit",
                "ann",
                time.instant(),
                time.instant().plus(Duration.ofHours(1)));
        await(pauses.put(pause));
        return pause;
    }

    private UniAssertSubscriber<Pauses> ask() {
        return watch.current().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Counts the reads, and lets slow ones wait for their answer. */
    private final class Counted implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            if (!slow) {
                answer.complete(null);
            }
            T item = effect.get();
            return answer.thenApply(done -> item);
        }
    }
}
