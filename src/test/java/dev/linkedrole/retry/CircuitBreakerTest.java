package dev.linkedrole.retry;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Conditions that open and close a circuit breaker. */
class CircuitBreakerTest {

    private final CircuitBreaker breaker = new CircuitBreaker(
            "The store", failure -> true, () -> Uni.createFrom().nothing(), Retry.inRealTime());

    @Test
    void reads_that_succeed_do_not_hide_that_all_writes_fail() {
        // When
        for (int i = 0; i < CircuitBreaker.THRESHOLD; i++) {
            await(breaker.watchFailures(() -> Uni.createFrom().item("read")));
            fails(breaker.watch(() -> Uni.createFrom().failure(new IllegalStateException("no writes"))));
        }

        // Then
        assertThat(breaker.open()).contains("The store cannot be used: no writes");
    }

    @Test
    void reads_that_fail_open_it_as_writes_do() {
        // Given
        Supplier<Uni<String>> read = () -> Uni.createFrom().failure(new IllegalStateException("no reads"));

        // When
        for (int i = 0; i < CircuitBreaker.THRESHOLD; i++) {
            fails(breaker.watchFailures(read));
        }

        // Then
        assertThat(breaker.open()).isPresent();
    }

    @Test
    void a_write_that_succeeds_closes_it() {
        // Given
        for (int i = 0; i < CircuitBreaker.THRESHOLD; i++) {
            fails(breaker.watch(() -> Uni.createFrom().failure(new IllegalStateException("no writes"))));
        }

        // When
        await(breaker.watch(() -> Uni.createFrom().item("written")));

        // Then
        assertThat(breaker.open()).isEmpty();
    }

    private static void fails(Uni<?> work) {
        assertThatThrownBy(() -> await(work)).isInstanceOf(IllegalStateException.class);
    }
}
