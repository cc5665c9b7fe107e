package dev.linkedrole.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Order and bounds of draining lanes. */
class KeyedConcurrencyLimiterTest {

    private final KeyedConcurrencyLimiter turns = new KeyedConcurrencyLimiter(2, 3);

    @Test
    void a_lane_requested_while_it_is_drained_is_drained_once_more() {
        // Given
        assertThat(turns.begin("a")).isTrue();

        // When
        assertThat(turns.begin("a")).isFalse();
        assertThat(turns.begin("a")).isFalse();

        // Then
        assertThat(turns.end("a")).contains("a");
        assertThat(turns.end("a")).isEmpty();
        assertThat(turns.begin("a")).isTrue();
    }

    @Test
    void concurrent_lanes_are_bounded_and_the_others_are_queued() {
        // Given
        assertThat(turns.begin("a")).isTrue();
        assertThat(turns.begin("b")).isTrue();

        // When
        assertThat(turns.begin("c")).isFalse();
        assertThat(turns.begin("d")).isFalse();

        // Then
        assertThat(turns.end("b")).contains("c");
        assertThat(turns.end("a")).contains("d");
    }

    @Test
    void no_more_are_remembered_than_there_is_room_for() {
        // Given
        turns.begin("a");
        turns.begin("b");

        // When
        for (int i = 0; i < 100; i++) {
            turns.begin("lane " + i);
        }

        // Then
        assertThat(turns.end("a")).contains("lane 0");
        assertThat(turns.end("b")).contains("lane 1");
        assertThat(turns.end("lane 0")).contains("lane 2");
        assertThat(turns.end("lane 1")).isEmpty();
    }

    @Test
    void one_may_wait_until_nobody_has_a_turn_but_not_for_ever() throws InterruptedException {
        // Given
        turns.begin("a");
        assertThat(turns.awaitIdle(Duration.ofMillis(20))).isFalse();

        // When
        turns.end("a");

        // Then
        assertThat(turns.awaitIdle(Duration.ofMillis(20))).isTrue();
    }
}
