package dev.linkedrole.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Conditions under which the circuit breaker of an account opens, and the time until a trial call. */
class AccountCircuitBreakerTest {

    private static final Duration SLOW = Duration.ofMillis(500);

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final AtomicInteger tries = new AtomicInteger();
    private final AccountCircuitBreaker circuit = new AccountCircuitBreaker("111122223333", SLOW, () -> now, () -> 1.0);

    @Test
    void a_few_failures_change_nothing() {
        // When
        fail(Kind.TRANSIENT, AccountCircuitBreaker.THRESHOLD - 1);

        // Then
        assertThat(succeed()).isTrue();
    }

    @Test
    void failures_with_good_answers_in_between_change_nothing() {
        // When
        for (int i = 0; i < 3 * AccountCircuitBreaker.THRESHOLD; i++) {
            fail(Kind.TRANSIENT, 1);
            assertThat(succeed()).isTrue();
        }

        // Then
        assertThat(tries).hasValue(6 * AccountCircuitBreaker.THRESHOLD);
    }

    @Test
    void an_account_that_keeps_failing_gets_no_calls_and_repeats_its_failure() {
        // Given
        fail(Kind.TRANSIENT, AccountCircuitBreaker.THRESHOLD);

        // When, and then
        assertThatThrownBy(this::succeed)
                .hasMessageContaining("111122223333")
                .hasMessageContaining("throttled")
                .satisfies(failure ->
                        assertThat(IamCallException.is(failure, Kind.TRANSIENT)).isTrue());
        assertThat(tries).hasValue(AccountCircuitBreaker.THRESHOLD);
    }

    @Test
    void one_in_a_while_finds_out_whether_it_is_back() {
        // Given
        fail(Kind.TRANSIENT, AccountCircuitBreaker.THRESHOLD);
        now = now.plus(AccountCircuitBreaker.FIRST_PAUSE);

        // When one tries
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        CompletableFuture<Boolean> trial =
                circuit.through(() -> Uni.createFrom().completionStage(answer)).subscribeAsCompletionStage();

        // Then no other one does
        assertThatThrownBy(this::succeed).isInstanceOf(IamCallException.class);

        // And if it is back everybody may again
        answer.complete(true);
        assertThat(trial).isCompletedWithValue(true);
        assertThat(succeed()).isTrue();
        assertThat(succeed()).isTrue();
    }

    @Test
    void it_is_tried_less_and_less_but_never_given_up() {
        // Given
        fail(Kind.TRANSIENT, AccountCircuitBreaker.THRESHOLD);

        // When, and then
        Duration pause = AccountCircuitBreaker.FIRST_PAUSE;
        for (int i = 0; i < 20; i++) {
            now = now.plus(pause).minusMillis(1);
            assertThatThrownBy(this::succeed).isInstanceOf(IamCallException.class);
            now = now.plusMillis(1);
            fail(Kind.TRANSIENT, 1);
            pause = pause.multipliedBy(2).compareTo(AccountCircuitBreaker.MAX_PAUSE) < 0
                    ? pause.multipliedBy(2)
                    : AccountCircuitBreaker.MAX_PAUSE;
        }
        assertThat(tries).hasValue(AccountCircuitBreaker.THRESHOLD + 20);
    }

    @Test
    void what_has_failed_for_long_is_not_reachable() {
        // Given
        fail(Kind.TRANSIENT, AccountCircuitBreaker.THRESHOLD);
        Duration left = AccountCircuitBreaker.LONG;
        while (!left.isNegative()) {
            now = now.plus(AccountCircuitBreaker.MAX_PAUSE);
            left = left.minus(AccountCircuitBreaker.MAX_PAUSE);
            fail(Kind.TRANSIENT, 1);
        }

        // When, and then
        assertThatThrownBy(this::succeed)
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue());
    }

    @Test
    void an_answer_that_says_no_is_an_answer() {
        // When
        fail(Kind.REFUSED, 3 * AccountCircuitBreaker.THRESHOLD);
        fail(Kind.NOT_FOUND, 3 * AccountCircuitBreaker.THRESHOLD);

        // Then
        assertThat(succeed()).isTrue();
    }

    @Test
    void it_is_stalled_while_somebody_waits_and_nothing_comes_back() {
        // Given
        CompletableFuture<Boolean> never = new CompletableFuture<>();
        CompletableFuture<Boolean> waiting =
                circuit.through(() -> Uni.createFrom().completionStage(never)).subscribeAsCompletionStage();
        assertThat(circuit.stalled()).isFalse();

        // When, and then
        now = now.plus(SLOW).plusMillis(1);
        assertThat(circuit.stalled()).isTrue();

        // Any successful answer shows that the account works.
        assertThat(succeed()).isTrue();
        assertThat(circuit.stalled()).isFalse();

        // And nobody waits for an account in which nothing is being done
        now = now.plus(SLOW).plusMillis(1);
        assertThat(circuit.stalled()).isTrue();
        waiting.cancel(true);
        assertThat(circuit.stalled()).isFalse();
    }

    private void fail(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> through(Uni.createFrom().failure(new IamCallException(kind, "throttled"))))
                    .hasMessage("throttled");
        }
    }

    private boolean succeed() {
        return through(Uni.createFrom().item(true));
    }

    private boolean through(Uni<Boolean> work) {
        return TestTimeout.await(circuit.through(() -> {
            tries.incrementAndGet();
            return work;
        }));
    }
}
