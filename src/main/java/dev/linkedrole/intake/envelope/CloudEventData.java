package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reader of a CloudEvent's data: JSON, or JSON in base64, which SDKs write if they were given bytes.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#31-handling-of-data">the
 *     JSON format</a>
 */
final class CloudEventData {

    static final String BASE64 = "data_base64";

    private static final String DATA = "data";
    private static final String EXPECTED = "the event's data";

    private CloudEventData() {}

    /**
     * Reads the data.
     *
     * @throws RejectedException if it is not one JSON object, in one of the two fields
     */
    static JsonFields of(JsonFields event) {
        if (!event.has(BASE64)) {
            return event.object(DATA, EXPECTED);
        }
        if (event.has(DATA)) {
            throw event.invalid(
                    BASE64, "must not be there beside " + event.nameOf(DATA) + ": an event has one of them");
        }
        JsonNode value = event.object().get(BASE64);
        if (!value.isTextual()) {
            throw event.invalid(BASE64, "must be " + EXPECTED + ", as a string in base64");
        }
        return JsonFields.parse(event.nameOf(BASE64), text(event, value.textValue()));
    }

    private static String text(JsonFields event, String base64) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (IllegalArgumentException e) {
            throw event.invalid(BASE64, "must be " + EXPECTED + " in base64 (RFC 4648, section 4)");
        } catch (CharacterCodingException e) {
            throw new RejectedException(
                    new Rejection(Reason.NOT_JSON, event.nameOf(BASE64) + " must be JSON in UTF-8"));
        }
    }
}
