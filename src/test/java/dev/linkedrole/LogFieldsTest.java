package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.linkedrole.LogFields.Line;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

/** Keys of log lines as fields. */
class LogFieldsTest {

    @Test
    void keys_in_front_of_a_message_are_its_fields() {
        Line line = Line.of("instance=0b6c components=[inline:a, trust] results={UNCHANGED=3, FAILED=1} Drift: a=b c");

        assertThat(line.fields())
                .containsExactly(
                        entry("instance", "0b6c"),
                        entry("components", "[inline:a, trust]"),
                        entry("results", "{UNCHANGED=3, FAILED=1}"));
        assertThat(line.message()).isEqualTo("Drift: a=b c");
    }

    @Test
    void a_message_without_keys_stays_as_it_is() {
        assertThat(Line.of("Nothing to do: a=b")).isEqualTo(new Line(Map.of(), "Nothing to do: a=b"));
    }

    @Test
    void only_json_has_fields() {
        ExtLogRecord text = record();
        ExtLogRecord json = record();

        // When
        assertThat(new LogFields(false).isLoggable(text)).isTrue();
        assertThat(new LogFields(true).isLoggable(json)).isTrue();

        // Then
        assertThat(text.getMessage()).isEqualTo("role=x Blocked: 100% {0}");
        assertThat(json.getMessage()).isEqualTo("Blocked: 100% {0}");
        assertThat(json.getMdc("role")).isEqualTo("x");
    }

    private static ExtLogRecord record() {
        ExtLogRecord line = new ExtLogRecord(
                Level.INFO,
                "role=x Blocked: 100% {0}",
                ExtLogRecord.FormatStyle.NO_FORMAT,
                LogFieldsTest.class.getName());
        line.setLoggerName("dev.linkedrole.Any");
        return line;
    }
}
