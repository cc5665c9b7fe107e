package dev.linkedrole.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as producers send them, in each of the envelopes that they may use. */
final class Events {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "acme/contact-centre";

    private final String instance;
    private final String instanceArn;

    Events(String instance) {
        this.instance = instance;
        this.instanceArn = "arn:aws:connect:us-west-2:111122223333:instance/" + instance;
    }

    String instanceArn() {
        return instanceArn;
    }

    /** CloudEvents 1.0, structured JSON. */
    String cloudEvent(String id, String type, Instant time, Map<String, Object> data) {
        return json(Map.of(
                "specversion",
                "1.0",
                "id",
                id,
                "source",
                SOURCE,
                "type",
                type,
                "time",
                time.toString(),
                "subject",
                instance,
                "data",
                withInstance(data)));
    }

    /** Event as an EventBridge rule delivers it to a queue. */
    String eventBridge(String id, String type, Instant time, Map<String, Object> data) {
        return json(Map.of(
                "version",
                "0",
                "id",
                id,
                "source",
                SOURCE,
                "detail-type",
                type,
                "time",
                time.toString(),
                "account",
                "111122223333",
                "region",
                "us-west-2",
                "detail",
                withInstance(data)));
    }

    /** Notification as an SNS subscription delivers it to a queue. */
    String sns(String message) {
        return json(Map.of(
                "Type", "Notification", "TopicArn", "arn:aws:sns:us-west-2:111122223333:acme", "Message", message));
    }

    private Map<String, Object> withInstance(Map<String, Object> data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("instanceArn", instanceArn);
        all.putAll(data);
        return all;
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings and lists are always JSON", e);
        }
    }
}
