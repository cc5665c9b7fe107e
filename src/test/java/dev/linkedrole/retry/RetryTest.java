package dev.linkedrole.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(2), Duration.ofMillis(8));

    private final Retry retry = new Retry(Infrastructure.getDefaultWorkerPool(), () -> 1.0);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void what_may_pass_is_tried_until_it_succeeds() {
        // Given work that succeeds the third time
        // When it is tried up to five times
        String done = TestTimeout.await(retry.upTo(5, SHORT, PassingException.class::isInstance, () -> failsBefore(3)));
        // Then it is done after three
        assertThat(done).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void the_last_failure_is_what_it_fails_with() {
        assertThatThrownBy(() -> TestTimeout.await(
                        retry.upTo(3, SHORT, PassingException.class::isInstance, () -> failsBefore(9))))
                .hasStackTraceContaining("attempt 3");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void what_does_not_pass_is_not_tried_again() {
        assertThatThrownBy(() -> TestTimeout.await(retry.upTo(3, SHORT, failure -> false, () -> failsBefore(2))))
                .hasStackTraceContaining("attempt 1");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void patience_is_what_the_waits_may_take_together() {
        // Given waits of 2, 4 and 8 milliseconds, and then of 8
        // When patience lasts for 20
        assertThatThrownBy(() -> TestTimeout.await(retry.within(
                        Duration.ofMillis(20), SHORT, PassingException.class::isInstance, () -> failsBefore(99))))
                .hasStackTraceContaining("attempt 5");
        // Then three of them fit, and a last one that is cut short
        assertThat(attempts).hasValue(5);
    }

    @Property
    void a_wait_is_never_nothing_and_never_over_its_bound(
            @ForAll @IntRange(min = 1, max = 200) int attempt, @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3));
        assertThat(backoff.pause(attempt, chance))
                .isPositive()
                .isLessThanOrEqualTo(backoff.bound(attempt))
                .isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void the_bound_doubles_until_it_is_the_longest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(backoff.bound(1)).hasSeconds(1);
        assertThat(backoff.bound(2)).hasSeconds(2);
        assertThat(backoff.bound(3)).hasSeconds(4);
        assertThat(backoff.bound(4)).hasSeconds(5);
        assertThat(backoff.bound(Integer.MAX_VALUE)).hasSeconds(5);
    }

    private Uni<String> failsBefore(int attempt) {
        int now = attempts.incrementAndGet();
        return now < attempt
                ? Uni.createFrom().failure(new PassingException("attempt " + now))
                : Uni.createFrom().item("done");
    }

    private static final class PassingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PassingException(String message) {
            super(message);
        }
    }
}
