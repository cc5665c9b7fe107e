package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.RejectedEventId;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message in a dead-letter queue, without most of its body.
 *
 * @param id the id that the dead-letter queue gave it; it stays the same until the message is redriven
 * @param queue name of the queue that it was sent to
 * @param reason code of the reason; {@link #RECEIVED_TOO_OFTEN} if SQS moved it, {@link #UNKNOWN} if the reason is not
 *     readable
 * @param detail the reason in words
 * @param rejectedAt time of the rejection; empty if SQS moved it
 * @param redrivenAt time of the last redrive; the message has come back from it
 * @param event id and source of its event, as far as they can be read
 * @param type type of its event, as far as it can be read
 * @param instance instance of its event, as far as it can be read
 * @param bytes length of the body
 * @param beginning the first characters of the body
 */
public record DeadLetter(
        String id,
        String queue,
        String reason,
        Optional<String> detail,
        Optional<Instant> rejectedAt,
        Optional<Instant> redrivenAt,
        Optional<EventId> event,
        Optional<String> type,
        Optional<InstanceId> instance,
        int bytes,
        String beginning) {

    /** Reason of a message that SQS moved: its handling failed each time it was received. */
    public static final String RECEIVED_TOO_OFTEN = "received-too-often";

    /** Reason of a message whose own reason is not a code. */
    public static final String UNKNOWN = "unknown";

    /** Maximum number of characters that are kept of a body. */
    static final int MAX_BEGINNING = 1_000;

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    static DeadLetter of(String queue, ReceivedMessage message) {
        Optional<RejectedEventId> event = RejectedEventId.of(message.body());
        return new DeadLetter(
                message.id(),
                queue,
                text(message, RejectionAttributes.REASON)
                        .map(reason -> isCode(reason) ? reason : UNKNOWN)
                        .orElse(RECEIVED_TOO_OFTEN),
                text(message, RejectionAttributes.DETAIL),
                time(message, RejectionAttributes.AT),
                time(message, RejectionAttributes.REDRIVEN_AT),
                event.map(id -> id.event().event()),
                event.flatMap(id -> id.event().type()),
                event.flatMap(RejectedEventId::about),
                message.body().getBytes(StandardCharsets.UTF_8).length,
                beginning(message.body()));
    }

    /** True if a text can be the code of a reason. */
    public static boolean isCode(String reason) {
        return CODE.matcher(reason).matches();
    }

    private static Optional<String> text(ReceivedMessage message, String name) {
        return Optional.ofNullable(message.attributes().get(name)).flatMap(attribute -> switch (attribute) {
            case MessageAttribute.Text text -> Optional.of(text.value());
            case MessageAttribute.Binary bytes -> Optional.empty();
        });
    }

    private static Optional<Instant> time(ReceivedMessage message, String name) {
        return text(message, name).flatMap(DeadLetter::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }

    private static String beginning(String body) {
        return body.codePointCount(0, body.length()) <= MAX_BEGINNING
                ? body
                : body.substring(0, body.offsetByCodePoints(0, MAX_BEGINNING));
    }
}
