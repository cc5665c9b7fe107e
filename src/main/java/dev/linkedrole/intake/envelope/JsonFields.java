package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.NumericNode;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one JSON object; a rejection names the field by its whole path.
 *
 * @param path prefix of the fields' names in messages; empty at the top level
 * @param object the object itself
 */
record JsonFields(String path, JsonNode object) {

    /** Maximum length of a text field: that of the longest ARN in AWS. */
    private static final int MAX_LENGTH = 2048;

    String nameOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** Returns a required text field. */
    String text(String field, String expected) {
        return optionalText(field, expected)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> missing(field, expected));
    }

    Optional<String> optionalText(String field, String expected) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = object.get(field);
        if (!value.isTextual()) {
            throw invalid(field, "must be " + expected + ", as a string");
        }
        return Optional.of(bounded(nameOf(field), value.textValue()));
    }

    /** Returns a required time field in RFC 3339. */
    Instant time(String field) {
        if (object.path(field) instanceof NumericNode number) {
            // A literal such as 1e999 is read as an infinite double, which has no decimal value.
            throw invalid(
                    field,
                    number.isNaN() ? EventTime.faultOf(number.asText()) : EventTime.faultOf(number.decimalValue()));
        }
        String text = text(field, EventTime.EXPECTED);
        try {
            return EventTime.parse(text);
        } catch (InvalidValueException e) {
            throw invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /** Returns a required object field. */
    JsonFields object(String field, String expected) {
        if (!has(field)) {
            throw missing(field, expected);
        }
        JsonNode value = object.get(field);
        if (!value.isObject()) {
            boolean twice = value.isTextual() && NearMiss.isObject(value.textValue());
            throw invalid(
                    field,
                    "must be " + expected + ", as a JSON object"
                            + (twice ? ", not as a JSON string that holds one" : ""));
        }
        return new JsonFields(nameOf(field), value);
    }

    /** Returns an optional list of texts; empty if it is absent. */
    List<String> texts(String field, String expected, int most) {
        if (!has(field)) {
            return List.of();
        }
        JsonNode values = object.get(field);
        if (!values.isArray()) {
            throw invalid(field, "must be " + expected + ", as a JSON array of strings");
        }
        if (values.size() > most) {
            throw invalid(field, "must have at most " + most + " entries, not " + values.size());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            String entry = field + "[" + texts.size() + "]";
            if (!value.isTextual()) {
                throw invalid(entry, "must be a string");
            }
            texts.add(bounded(nameOf(entry), value.textValue()));
        }
        return texts;
    }

    RuntimeException missing(String field, String expected) {
        String near = NearMiss.ofField(field, object)
                .map(name -> "; there is " + LogText.of(name) + " in its place")
                .orElse("");
        return new RejectedException(
                new Rejection(Reason.MISSING_FIELD, "is missing: it must be " + expected + near).of(nameOf(field)));
    }

    RuntimeException invalid(String field, String fault) {
        return new RejectedException(new Rejection(Reason.INVALID_FIELD, fault).of(nameOf(field)));
    }

    /**
     * Checks that a text can be stored: an unpaired surrogate cannot be encoded in UTF-8, and NUL separates texts that
     * are hashed together. CloudEvents allows neither.
     *
     * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system">CloudEvents'
     *     String</a>
     */
    static boolean canBeKept(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    static String bounded(String name, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RejectedException(new Rejection(
                            Reason.INVALID_FIELD,
                            "must have at most " + MAX_LENGTH + " characters, not " + text.length())
                    .of(name));
        }
        if (!canBeKept(text)) {
            throw new RejectedException(new Rejection(
                            Reason.INVALID_FIELD, "must be Unicode text, without NUL and without half a surrogate pair")
                    .of(name));
        }
        return text;
    }

    /**
     * Reads one JSON object.
     *
     * @param path the field that holds the text; empty if it is the body
     * @throws RejectedException if it is anything else
     */
    static JsonFields parse(String path, String json) {
        String where = path.isEmpty() ? "the body" : path;
        try {
            JsonNode tree = StrictJson.MAPPER.readTree(json);
            if (!tree.isObject()) {
                String near = NearMiss.ofBody(tree).map(fault -> ", " + fault).orElse("");
                throw new RejectedException(new Rejection(Reason.NOT_JSON, where + " must be a JSON object" + near));
            }
            return new JsonFields(path, tree);
        } catch (MismatchedInputException e) {
            throw new RejectedException(
                    new Rejection(Reason.NOT_JSON, where + " must be one JSON object and nothing after it"));
        } catch (JsonProcessingException e) {
            throw new RejectedException(new Rejection(Reason.NOT_JSON, where + " must be JSON: " + fault(e)));
        }
    }

    private static String fault(JsonProcessingException e) {
        String location = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        // The parser quotes the text that it read, which may be anything.
        return LogText.bare(e.getOriginalMessage().lines().findFirst().orElse("it cannot be read")) + location;
    }
}
