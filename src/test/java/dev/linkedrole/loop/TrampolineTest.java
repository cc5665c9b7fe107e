package dev.linkedrole.loop;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** State machines that are driven step by step. */
class TrampolineTest {

    @Test
    void steps_are_taken_until_the_last_state() {
        // Given
        List<Integer> seen = new ArrayList<>();
        Function<Integer, Uni<Integer>> step = state -> {
            seen.add(state);
            return Uni.createFrom().item(state + 1);
        };

        // When
        int last = await(Trampoline.run(1, state -> state == 4, step));

        // Then
        assertThat(last).isEqualTo(4);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void a_last_state_takes_no_step() {
        assertThat(await(Trampoline.run("done", state -> true, state -> {
                    throw new AssertionError("a step was taken");
                })))
                .isEqualTo("done");
    }

    @Test
    void a_million_steps_that_end_at_once_do_not_deepen_the_stack() {
        assertThat(await(Trampoline.run(
                        0,
                        state -> state == 1_000_000,
                        state -> Uni.createFrom().item(state + 1))))
                .isEqualTo(1_000_000);
    }

    @Test
    void a_step_is_not_begun_before_the_one_before_has_ended() {
        // Given
        CompletableFuture<Integer> first = new CompletableFuture<>();
        List<Integer> begun = new ArrayList<>();

        // When
        CompletableFuture<Integer> end = Trampoline.run(0, state -> state == 2, state -> {
                    begun.add(state);
                    return state == 0
                            ? Uni.createFrom().completionStage(first)
                            : Uni.createFrom().item(2);
                })
                .subscribeAsCompletionStage();

        // Then
        assertThat(begun).containsExactly(0);
        first.complete(1);
        assertThat(begun).containsExactly(0, 1);
        assertThat(end).isCompletedWithValue(2);
    }

    @Test
    void a_step_that_fails_is_the_end() {
        // Given
        List<Integer> begun = new ArrayList<>();
        Uni<Integer> run = Trampoline.run(0, state -> state == 9, state -> {
            begun.add(state);
            return state == 2
                    ? Uni.createFrom().failure(new IllegalStateException("two"))
                    : Uni.createFrom().item(state + 1);
        });

        // When, and then
        assertThatThrownBy(() -> await(run)).hasMessage("two");
        assertThat(begun).containsExactly(0, 1, 2);
    }

    @Test
    void each_run_begins_with_the_first_state() {
        // Given
        Uni<Integer> run =
                Trampoline.run(0, state -> state == 3, state -> Uni.createFrom().item(state + 1));

        // When, and then
        assertThat(await(run)).isEqualTo(3);
        assertThat(await(run)).isEqualTo(3);
    }
}
