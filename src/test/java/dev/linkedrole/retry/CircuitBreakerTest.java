package dev.linkedrole.retry;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.testing.LogLines;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

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
    void a_failure_at_the_start_opens_it_at_once() {
        // When
        breaker.trip(new IllegalStateException("no answer"));

        // Then
        assertThat(breaker.open()).contains("The store cannot be used: no answer");
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

    @Test
    void it_says_what_failed_as_all_lines_do() {
        // Given what the SDK says of a table that is not there
        AwsServiceException missing = DynamoDbException.builder()
                .statusCode(400)
                .requestId("yECvv3Gil2RQTp89")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("Requested resource not found")
                        .build())
                .build();

        try (LogLines log = LogLines.of(CircuitBreaker.class)) {
            // When
            for (int i = 0; i < CircuitBreaker.THRESHOLD; i++) {
                breaker.watch(() -> Uni.createFrom().failure(missing))
                        .subscribe()
                        .with(done -> {}, expected -> {});
            }

            // Then
            assertThat(breaker.open())
                    .contains("The store cannot be used: ResourceNotFoundException: Requested resource not found");
            assertThat(log.lines())
                    .containsExactly("WARN The store cannot be used, and nothing is received until it can:"
                            + " ResourceNotFoundException: Requested resource not found");
        }
    }

    private static void fails(Uni<?> work) {
        assertThatThrownBy(() -> await(work)).isInstanceOf(IllegalStateException.class);
    }
}
