package dev.linkedrole.bench.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** An event as one reads it who checks nothing. */
record Event(
        String id, String type, String time, String instance, String instanceArn, String feature, String resource) {

    private static final ObjectReader JSON = new ObjectMapper().reader();

    static Event read(String body) {
        try {
            JsonNode event = JSON.readTree(body);
            JsonNode data = event.get("data");
            return new Event(
                    event.get("id").textValue(),
                    event.get("type").textValue(),
                    event.get("time").textValue(),
                    event.get("subject").textValue(),
                    data.get("instanceArn").textValue(),
                    data.path("feature").asText(),
                    data.path("resources").path(0).asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    boolean created() {
        return type.equals("instance-created");
    }
}
