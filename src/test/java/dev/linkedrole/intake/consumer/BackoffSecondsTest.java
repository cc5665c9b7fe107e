package dev.linkedrole.intake.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.retry.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffSecondsTest {

    private static final ReceiverLimits LIMITS = new ReceiverLimits(
            1,
            1,
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)),
            ReceiverLimits.DEFAULT_LINGER,
            DefaultLimits.LIMITS.refresh());

    @ParameterizedTest
    @CsvSource({
        // received, at least, at most
        "1,    1,   2",
        "2,    2,   4",
        "3,    4,   8",
        "8,  128, 256",
        "9,  256, 512",
        "10, 450, 900",
        "11, 450, 900",
    })
    void it_is_twice_as_long_each_time_up_to_the_longest(int received, int least, int most) {
        assertThat(LIMITS.backoffSeconds(received, 0)).isEqualTo(least);
        assertThat(LIMITS.backoffSeconds(received, 1)).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 63, 64, 65, 1_000, Integer.MAX_VALUE})
    void however_often_a_message_was_received_it_comes_again(int received) {
        assertThat(LIMITS.backoffSeconds(received, 1)).isEqualTo(900);
    }

    @Test
    void messages_that_failed_together_come_back_apart() {
        assertThat(LIMITS.backoffSeconds(5, 0.25)).isLessThan(LIMITS.backoffSeconds(5, 0.75));
    }
}
