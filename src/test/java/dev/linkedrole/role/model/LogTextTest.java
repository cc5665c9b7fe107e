package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Text from outside, made safe for one line of a message. */
class LogTextTest {

    @Property
    void any_text_becomes_one_short_line_of_printable_ascii(@ForAll String text) {
        assertThat(LogText.of(text)).matches("'[ -~]{0,203}'");
    }

    @Example
    void what_can_be_printed_stays_as_it_is() {
        assertThat(LogText.of("arn:aws:s3:::acme/it's ~\"here\"")).isEqualTo("'arn:aws:s3:::acme/it's ~\"here\"'");
    }

    @Example
    void what_cannot_be_printed_is_escaped() {
        assertThat(LogText.of("caf\u00e9\n\u0000")).isEqualTo("'caf\\u00e9\\u000a\\u0000'");
    }

    @Example
    void an_event_is_told_of_in_one_line_whatever_its_id_and_source_are() {
        assertThat(new EventId("7f1d\n2026-11-23 INFO all is well", "acme\u0085"))
                .hasToString("acme\\u0085/7f1d\\u000a2026-11-23 INFO all is well");
    }

    @Example
    void what_is_too_long_is_cut() {
        assertThat(LogText.of("x".repeat(200))).isEqualTo("'" + "x".repeat(200) + "'");
        assertThat(LogText.of("x".repeat(201))).isEqualTo("'" + "x".repeat(200) + "...'");
    }
}
