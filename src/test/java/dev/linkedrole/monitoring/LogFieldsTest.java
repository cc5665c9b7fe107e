package dev.linkedrole.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.linkedrole.LogFields;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

/** Keys of log lines as fields. */
class LogFieldsTest {

    @Test
    void keys_in_front_of_a_message_are_its_fields() {
        ExtLogRecord line = filtered(
                "instance=0b6c components=[inline:a, trust] results={UNCHANGED=3, FAILED=1} Drift: a=b c", true);

        assertThat(line.getMdcCopy())
                .contains(
                        entry("instance", "0b6c"),
                        entry("components", "[inline:a, trust]"),
                        entry("results", "{UNCHANGED=3, FAILED=1}"))
                .doesNotContainKey("a");
        assertThat(line.getMessage()).isEqualTo("Drift: a=b c");
    }

    @Test
    void a_message_without_keys_stays_as_it_is() {
        assertThat(filtered("Nothing to do: 100% {0} a=b", true).getMessage()).isEqualTo("Nothing to do: 100% {0} a=b");
    }

    @Test
    void lines_of_text_keep_their_keys() {
        assertThat(filtered("role=x Blocked", false).getMessage()).isEqualTo("role=x Blocked");
    }

    private static ExtLogRecord filtered(String message, boolean json) {
        ExtLogRecord line = new ExtLogRecord(
                Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, LogFieldsTest.class.getName());
        line.setLoggerName("dev.linkedrole.Any");
        line.setMdc(Map.of());
        assertThat(new LogFields(json).isLoggable(line)).isTrue();
        return line;
    }
}
