package dev.linkedrole.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.role.model.EventId;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reader of a received outcome. */
public final class ReceivedOutcome {

    private ReceivedOutcome() {}

    /** Returns the events that the outcome answers. */
    public static Stream<EventId> answers(JsonNode outcome) {
        return StreamSupport.stream(outcome.path("data").path("answers").spliterator(), false)
                .map(event -> new EventId(
                        event.path("id").asText(), event.path("source").asText()));
    }
}
