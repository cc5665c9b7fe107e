package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import java.util.Optional;

/**
 * Reader of the envelopes that producers may use, distinguished by their fields: CloudEvents 1.0 structured JSON, an
 * EventBridge event, or an SNS notification holding one of these.
 *
 * <p>CloudEvents are parsed here because the CloudEvents SDK rejects events for fields that have to be ignored, and
 * does not name a missing field.
 */
final class EnvelopeReader {

    private static final String SPEC_VERSION = "specversion";
    private static final String DETAIL_TYPE = "detail-type";
    private static final String DETAIL = "detail";
    private static final String ENVELOPES =
            "it needs the field specversion (CloudEvents), detail-type (EventBridge), or Type and Message (SNS)";
    private static final String ID = "what tells this event from all others of its source";
    private static final String SOURCE = "who sent the event";
    private static final String TYPE = "the type of the event, such as feature-enabled";

    /**
     * Returns the event in a message's body, without SNS's notification around it.
     *
     * @throws RejectedException if it is no JSON object, or a notification of something else
     */
    JsonFields open(String body) {
        JsonFields outer = JsonFields.parse("", body);
        return outer.has("Type") && outer.has("Message") ? inSns(outer) : outer;
    }

    private static JsonFields inSns(JsonFields notification) {
        String type = notification.text("Type", "Notification");
        if (!type.equals("Notification")) {
            throw notification.invalid("Type", "must be Notification, not " + LogText.of(type));
        }
        JsonNode message = notification.object().get("Message");
        if (!message.isTextual()) {
            throw notification.invalid("Message", "must be an event, as a JSON string");
        }
        return JsonFields.parse("Message", message.textValue());
    }

    /**
     * Reads an event's envelope.
     *
     * @throws RejectedException if it is none of the known envelopes, or lacks a required field
     */
    Envelope read(JsonFields event) {
        if (event.has(SPEC_VERSION)) {
            return readCloudEvent(event);
        }
        if (event.has(DETAIL_TYPE)) {
            return readEventBridge(event);
        }
        throw new RejectedException(new Rejection(
                Reason.UNKNOWN_ENVELOPE,
                (event.path().isEmpty() ? "the body" : event.path()) + " is no known envelope: "
                        + NearMiss.ofEnvelope(event.object()).orElse(ENVELOPES)));
    }

    private static Envelope readCloudEvent(JsonFields event) {
        String version = event.text(SPEC_VERSION, "1.0");
        if (!version.equals("1.0")) {
            throw event.invalid(SPEC_VERSION, "must be 1.0, not " + LogText.of(version));
        }
        return new Envelope(
                new EventId(event.text("id", ID), event.text("source", SOURCE)),
                event.text("type", TYPE),
                event.time("time"),
                subject(event),
                CloudEventData.of(event));
    }

    private static Optional<String> subject(JsonFields event) {
        Optional<String> subject = event.optionalText("subject", "the instance id");
        if (subject.filter(String::isBlank).isPresent()) {
            throw event.invalid("subject", "must be the instance id, or be left out");
        }
        return subject;
    }

    private static Envelope readEventBridge(JsonFields event) {
        if (isCloudEvent(event.object().path(DETAIL))) {
            return readCloudEvent(event.object(DETAIL, "a CloudEvent"));
        }
        return new Envelope(
                new EventId(event.text("id", ID), event.text("source", SOURCE)),
                event.text(DETAIL_TYPE, TYPE),
                event.time("time"),
                Optional.empty(),
                event.object(DETAIL, "the event's data"));
    }

    /** Extracts the event from a message, which SNS may have wrapped a second time. */
    static JsonNode eventIn(JsonNode message) throws JsonProcessingException {
        return message.path("Message").isTextual() && message.has("Type")
                ? StrictJson.MAPPER.readTree(message.path("Message").textValue())
                : message;
    }

    /** Extracts the CloudEvent that an EventBridge event carries, or else the event itself. */
    static JsonNode cloudEvent(JsonNode event) {
        return carriesCloudEvent(event) ? event.path(DETAIL) : event;
    }

    /** True if an event is one of EventBridge that carries a CloudEvent. */
    static boolean carriesCloudEvent(JsonNode event) {
        return !event.hasNonNull(SPEC_VERSION) && event.hasNonNull(DETAIL_TYPE) && isCloudEvent(event.path(DETAIL));
    }

    /**
     * Recognizes a CloudEvent. A single field is not enough, since an event's data may have an unknown field of that
     * name.
     */
    private static boolean isCloudEvent(JsonNode detail) {
        return detail.isObject() && detail.hasNonNull(SPEC_VERSION) && !detail.hasNonNull("instanceArn");
    }
}
