package dev.linkedrole.role.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wildcards of policies. */
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "lex:PostContent, lex:PostContent",
        "lex:*, lex:PostContent",
        "*, lex:PostContent",
        "*, *",
        "lex:*, lex:Post*",
        "lex:*Content, lex:PostContent",
        "lex:*t*t, lex:PostContent",
        "lex:Post?ontent, lex:PostContent",
        "arn:aws:s3:::a/*, arn:aws:s3:::a/",
        "a**, a"
    })
    void it_covers_what_it_stands_for(String glob, String other) {
        assertThat(new Glob(glob).covers(other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "lex:PostContent, lex:*",
        "lex:Post*, lex:*",
        "lex:*t, lex:PostContents",
        "lex:?, lex:",
        "lex:?, lex:*",
        "lex:PostContent, lex:PostText",
        "a?, a",
        "a, aa"
    })
    void it_covers_nothing_else(String glob, String other) {
        assertThat(new Glob(glob).covers(other)).isFalse();
    }

    @Test
    void many_stars_take_no_time() {
        // Given what makes regular expressions run for ever
        Glob glob = new Glob(String.join("", Collections.nCopies(500, "*a")) + "b");

        // Then it is still told at once
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(glob.covers("a".repeat(2048))).isFalse());
    }
}
