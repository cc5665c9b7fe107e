package dev.linkedrole.intake.envelope;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types of events that producers send. Case is ignored, and a space, dot or underscore counts as a hyphen;
 * CamelCase is accepted, too. A reverse-DNS prefix, as CloudEvents advises, is ignored.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type">CloudEvents' type</a>
 */
enum EventType {
    INSTANCE_CREATED("Instance", "Created"),
    FEATURE_ENABLED("Feature", "Enabled"),
    FEATURE_DISABLED("Feature", "Disabled"),
    INSTANCE_DELETED("Instance", "Deleted");

    private static final String PREFIX = "(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\\.)?";

    private final Pattern spellings;

    EventType(String subject, String happened) {
        String camelCase = "[" + subject.charAt(0) + Character.toLowerCase(subject.charAt(0)) + "]"
                + subject.substring(1) + happened;
        this.spellings = Pattern.compile(PREFIX + "(?:(?i:" + subject + "[ ._-]" + happened + ")|" + camelCase + ")");
    }

    /** Parses a type; empty if it is unknown. */
    static Optional<EventType> of(String written) {
        String type = written.strip();
        return Arrays.stream(values())
                .filter(candidate -> candidate.spellings.matcher(type).matches())
                .findFirst();
    }
}
