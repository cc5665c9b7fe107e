package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a message that failed stays away. */
class BackoffTest {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);

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
        assertThat(Backoff.seconds(received, FIRST, LONGEST, 0)).isEqualTo(least);
        assertThat(Backoff.seconds(received, FIRST, LONGEST, 1)).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 63, 64, 65, 1_000, Integer.MAX_VALUE})
    void however_often_a_message_was_received_it_comes_again(int received) {
        assertThat(Backoff.seconds(received, FIRST, LONGEST, 1)).isEqualTo(900);
    }

    @Test
    void messages_that_failed_together_come_back_apart() {
        assertThat(Backoff.seconds(5, FIRST, LONGEST, 0.25)).isLessThan(Backoff.seconds(5, FIRST, LONGEST, 0.75));
    }
}
