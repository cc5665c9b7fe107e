package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import java.util.Locale;
import java.util.Optional;

/**
 * Id of the event in a rejected message, and of its instance. The message may have any fault, so it is read as far as
 * possible.
 *
 * @param event the event, by its id and source
 * @param about the instance, if the message names it
 */
public record RejectedEventId(AcknowledgedEvent event, Optional<InstanceId> about) {

    private static final int MAX_LENGTH = 2048;

    /**
     * Reads the id. Empty unless the message has both an id and a source: an outcome could not name the event it
     * answers.
     */
    public static Optional<RejectedEventId> of(String body) {
        try {
            return read(EnvelopeReader.cloudEvent(EnvelopeReader.eventIn(StrictJson.MAPPER.readTree(body))));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<RejectedEventId> read(JsonNode event) {
        Optional<String> type = text(event, "type").or(() -> text(event, "detail-type"));
        return text(event, "id")
                .flatMap(id -> text(event, "source")
                        .map(source -> new RejectedEventId(
                                new AcknowledgedEvent(new EventId(id, source), type), about(event))));
    }

    private static Optional<InstanceId> about(JsonNode event) {
        return text(data(event), "instanceArn")
                .flatMap(RejectedEventId::ofArn)
                .or(() -> text(event, "subject").flatMap(RejectedEventId::ofSubject));
    }

    private static JsonNode data(JsonNode event) {
        if (!event.hasNonNull(CloudEventData.BASE64)) {
            return event.has("detail") ? event.path("detail") : event.path("data");
        }
        try {
            return CloudEventData.of(new JsonFields("", event)).object();
        } catch (RejectedException unreadable) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<InstanceId> ofArn(String arn) {
        try {
            return Optional.of(InstanceArn.parse(arn).id());
        } catch (InvalidValueException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<InstanceId> ofSubject(String subject) {
        try {
            return Optional.of(new InstanceId(subject.toLowerCase(Locale.ROOT)));
        } catch (InvalidValueException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.path(field).textValue())
                .filter(text -> !text.isBlank() && text.length() <= MAX_LENGTH && JsonFields.canBeKept(text));
    }
}
