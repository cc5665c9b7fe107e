package dev.linkedrole.connectmodel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** An answer of the model. */
public record ModelAnswer(int status, Map<String, String> headers, String body) {

    static ModelAnswer of(String body) {
        return new ModelAnswer(200, Map.of("Content-Type", "application/json"), body);
    }

    /** Returns an error, as the protocol {@code restJson1} has it: its type in a header, its message in the body. */
    public static ModelAnswer error(int status, String type, String message) {
        return new ModelAnswer(
                status,
                Map.of("Content-Type", "application/json", "x-amzn-ErrorType", type),
                JsonNodeFactory.instance.objectNode().put("Message", message).toString());
    }

    public static ModelAnswer throttled() {
        return error(429, "TooManyRequestsException:http://internal.amazon.com/coral/", "Too Many Requests");
    }
}
