package dev.linkedrole;

import io.quarkus.logging.LoggingFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Filter of the console's log that makes fields of the keys in front of a message, where lines are JSON. Quarkus' SLF4J
 * puts keys into the message's text, and has no other way for them.
 */
@LoggingFilter(name = "fields")
public final class LogFields implements Filter {

    /** A key and its value: a list, a map, or a text without spaces. */
    private static final Pattern FIELD = Pattern.compile("\\G([a-z]\\w*)=(\\[[^\\[\\]]*]|\\{[^{}]*}|\\S+) ");

    private final boolean json;

    public LogFields(@ConfigProperty(name = "quarkus.log.console.json.enabled") boolean json) {
        this.json = json;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (json
                && line instanceof ExtLogRecord record
                && record.getFormatStyle() == ExtLogRecord.FormatStyle.NO_FORMAT
                && record.getLoggerName().startsWith("dev.linkedrole.")) {
            Line parsed = Line.of(record.getMessage());
            if (!parsed.fields().isEmpty()) {
                parsed.fields().forEach(record::putMdc);
                record.setMessage(parsed.message(), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        return true;
    }

    /**
     * A line of the log.
     *
     * @param fields the keys in front of the message, and their values
     * @param message the rest
     */
    private record Line(Map<String, String> fields, String message) {

        static Line of(String text) {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher field = FIELD.matcher(text);
            int end = 0;
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
                end = field.end();
            }
            return new Line(fields, text.substring(end));
        }
    }
}
