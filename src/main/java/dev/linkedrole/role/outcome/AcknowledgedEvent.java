package dev.linkedrole.role.outcome;

import dev.linkedrole.role.model.EventId;
import java.util.Optional;

/**
 * An event that an outcome answers.
 *
 * @param event id and source of the event
 * @param type its type as far as it could be read
 */
public record AcknowledgedEvent(EventId event, Optional<String> type) {

    static AcknowledgedEvent of(UnacknowledgedEvent event) {
        return new AcknowledgedEvent(event.event(), Optional.of(event.type()));
    }
}
