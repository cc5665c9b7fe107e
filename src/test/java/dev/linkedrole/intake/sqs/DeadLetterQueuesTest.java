package dev.linkedrole.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Attributes of rejected messages stay within SQS's limits. Checked by computation, since emulators count differently.
 */
class DeadLetterQueuesTest {

    private static final int LIMIT = 1_048_576;
    private static final Instant AT = Instant.parse("2026-11-23T09:00:00.123456789Z");
    private static final RejectReason REJECTION =
            new RejectReason("not-json", "the body must be JSON: " + "x".repeat(400));

    @Property(tries = 200)
    void a_rejected_message_is_never_too_large_for_its_dead_letter_queue(
            @ForAll @IntRange(max = 3_000) int room, @ForAll("attributes") Map<String, MessageAttributeValue> own) {
        // Given a body that leaves just so much room
        String body = "b".repeat(LIMIT - room);

        // When
        Map<String, MessageAttributeValue> attributes = DeadLetterQueues.attributes(message(body, own), REJECTION, AT);

        // Then
        assertThat(body.length() + size(attributes)).isLessThanOrEqualTo(LIMIT);
        assertThat(attributes).hasSizeLessThanOrEqualTo(10);
        assertThat(attributes.values())
                .allMatch(value ->
                        value.binaryValue() != null || !value.stringValue().isEmpty());

        // And what there is room for comes first from us
        if (room >= 40) {
            assertThat(text(attributes, "rejection-reason")).contains("not-json");
        }
        if (room >= 600) {
            assertThat(text(attributes, "rejection-detail")).contains(REJECTION.detail());
            assertThat(text(attributes, "rejected-at")).contains(AT.toString());
        }
    }

    @Provide
    Arbitrary<Map<String, MessageAttributeValue>> attributes() {
        Arbitrary<String> names = Arbitraries.of(
                "rejection-reason",
                "rejection-detail",
                "rejected-at",
                "Rejection-Reason",
                "a",
                "tenant",
                "traceparent",
                "z",
                "schön",
                "b",
                "c",
                "d");
        Arbitrary<MessageAttributeValue> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(500).map(text -> value("String.label", text)),
                Arbitraries.integers().map(number -> value("Number", Integer.toString(number))),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMinSize(1)
                        .ofMaxSize(500)
                        .map(DeadLetterQueuesTest::binary));
        return Arbitraries.maps(names, values).ofMaxSize(10);
    }

    @Example
    void a_sender_cannot_say_himself_why_he_was_rejected() {
        // When
        Map<String, MessageAttributeValue> attributes = DeadLetterQueues.attributes(
                message(
                        "{",
                        Map.of(
                                "rejection-reason",
                                value("String", "none"),
                                "rejection-detail",
                                value("String", "all is well"))),
                REJECTION,
                AT);

        // Then
        assertThat(text(attributes, "rejection-reason")).contains("not-json");
        assertThat(text(attributes, "rejection-detail")).contains(REJECTION.detail());
    }

    @Example
    void a_redriven_message_has_its_own_attributes_and_the_time_of_the_redrive() {
        // Given a rejected message with as many attributes as there can be
        Map<String, MessageAttributeValue> own = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            own.put("tenant" + i, value("String", "acme"));
        }
        Map<String, MessageAttributeValue> rejected = DeadLetterQueues.attributes(message("{", own), REJECTION, AT);

        // When
        Map<String, MessageAttributeValue> redriven = SqsDeadLetterQueue.attributes(message("{", rejected), AT);

        // Then
        assertThat(redriven)
                .containsOnlyKeys(
                        "redriven-at", "tenant0", "tenant1", "tenant2", "tenant3", "tenant4", "tenant5", "tenant6");
        assertThat(text(redriven, "redriven-at")).contains(AT.toString());

        // And the time stays if it is rejected again
        assertThat(text(DeadLetterQueues.attributes(message("{", redriven), REJECTION, AT), "redriven-at"))
                .contains(AT.toString());
    }

    @Example
    void a_redriven_message_is_never_too_large_for_its_queue() {
        String body = "b".repeat(LIMIT - 20);
        Map<String, MessageAttributeValue> redriven =
                SqsDeadLetterQueue.attributes(message(body, Map.of("a", value("String", "acme"))), AT);
        assertThat(body.length() + size(redriven)).isLessThanOrEqualTo(LIMIT);
        assertThat(redriven).containsOnlyKeys("a");
    }

    @Example
    void where_there_is_no_room_at_all_the_body_goes_alone_and_unchanged() {
        assertThat(DeadLetterQueues.attributes(message("é".repeat(LIMIT / 2), Map.of()), REJECTION, AT))
                .isEmpty();
    }

    @Example
    void a_detail_is_cut_between_characters() {
        // Given room for the reason and the time, and for some of the detail
        String body = "b".repeat(LIMIT - 130);
        RejectReason rejection = new RejectReason("not-json", "😀".repeat(100));

        // When
        String detail = text(DeadLetterQueues.attributes(message(body, Map.of()), rejection, AT), "rejection-detail")
                .orElseThrow();

        // Then
        assertThat(detail).isEqualTo("😀".repeat(detail.length() / 2)).isNotEmpty();
    }

    private static ReceivedMessage message(String body, Map<String, MessageAttributeValue> attributes) {
        Map<String, MessageAttribute> received = new HashMap<>();
        attributes.forEach((name, value) -> received.put(name, received(value)));
        return new ReceivedMessage("m", "receipt", body, 1, Optional.empty(), Optional.empty(), received);
    }

    private static MessageAttribute received(MessageAttributeValue value) {
        return value.binaryValue() == null
                ? new MessageAttribute.Text(value.dataType(), value.stringValue())
                : MessageAttribute.Binary.of(
                        value.dataType(), value.binaryValue().asByteArray());
    }

    private static int size(Map<String, MessageAttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(attribute -> bytes(attribute.getKey())
                        + bytes(attribute.getValue().dataType())
                        + (attribute.getValue().binaryValue() == null
                                ? bytes(attribute.getValue().stringValue())
                                : attribute.getValue().binaryValue().asByteArray().length))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<String> text(Map<String, MessageAttributeValue> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).map(MessageAttributeValue::stringValue);
    }

    private static MessageAttributeValue value(String type, String text) {
        return MessageAttributeValue.builder().dataType(type).stringValue(text).build();
    }

    private static MessageAttributeValue binary(byte[] bytes) {
        return MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromByteArray(Objects.requireNonNull(bytes)))
                .build();
    }
}
