package dev.linkedrole.role;

import java.util.Optional;

/**
 * An event that an outcome answers.
 *
 * @param event which, and from whom
 * @param type its type as far as it could be read
 */
public record Answered(EventId event, Optional<String> type) {

    static Answered of(Unanswered event) {
        return new Answered(event.event(), Optional.of(event.type()));
    }
}
