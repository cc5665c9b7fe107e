package dev.linkedrole.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON object that a caller has sent. A fault in it is an {@link InvalidValueException} that names the field.
 *
 * @param object with its fields
 */
public record JsonBody(JsonNode object) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads a body; fails with {@link InvalidValueException} if it is not one JSON object. */
    public static JsonBody read(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (!tree.isObject()) {
                throw new InvalidValueException("the body must be a JSON object");
            }
            return new JsonBody(tree);
        } catch (JsonProcessingException e) {
            throw new InvalidValueException("the body must be JSON: " + fault(e));
        }
    }

    private static String fault(JsonProcessingException e) {
        String what = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
        return e.getLocation() == null
                ? what
                : what + " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    public List<String> fields() {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }

    /** Returns a text field; empty if it is absent or null. */
    public Optional<String> text(String field) {
        if (!object.hasNonNull(field)) {
            return Optional.empty();
        }
        JsonNode value = object.get(field);
        if (!value.isTextual()) {
            throw new InvalidValueException(field + " must be a string");
        }
        return Optional.of(value.textValue());
    }

    /** Returns a field that is a list of texts; none if it is absent or null. */
    public List<String> texts(String field) {
        if (!object.hasNonNull(field)) {
            return List.of();
        }
        JsonNode value = object.get(field);
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw new InvalidValueException(field + " must be a list of strings");
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw new InvalidValueException(field + " must be a list of strings");
        }
        return texts;
    }

    /** Returns a boolean field; false if it is absent. */
    public boolean flag(String field) {
        if (!object.hasNonNull(field)) {
            return false;
        }
        JsonNode value = object.get(field);
        if (!value.isBoolean()) {
            throw new InvalidValueException(field + " must be true or false");
        }
        return value.booleanValue();
    }
}
