package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Jackson's mapper for messages: it rejects a field that occurs twice, and text after the value. */
public final class StrictJson {

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            // With two values for one field, readers could see different events.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}
}
