package dev.linkedrole.intake.sqs;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import dev.linkedrole.intake.deadletters.RejectionAttributes;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends rejected messages to their dead-letter queue: the unchanged body, with the reason as attributes. */
public final class DeadLetterQueues {

    /** Maximum length of a detail, which quotes the message and so may be long. */
    private static final int MAX_DETAIL = 1_000;

    private static final char REPLACEMENT = '\uFFFD';

    private final SqsAsyncClient sqs;
    private final InstantSource clock;

    DeadLetterQueues(SqsAsyncClient sqs, InstantSource clock) {
        this.sqs = sqs;
        this.clock = clock;
    }

    /** Sends a message. If this fails, the message is not in the dead-letter queue and must stay in its own. */
    Uni<Void> put(QueuePair queue, ReceivedMessage message, RejectReason reason) {
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(queue.deadLetterUrl())
                .messageBody(message.body())
                .messageAttributes(attributes(message, reason, clock.instant()));
        if (queue.fifo()) {
            // The message's own id: if the message is rejected twice, SQS drops the second copy.
            request.messageGroupId(message.groupId().orElse(message.id())).messageDeduplicationId(message.id());
        }
        return Uni.createFrom()
                .completionStage(() -> sqs.sendMessage(request.build()))
                .replaceWithVoid();
    }

    /**
     * Selects the attributes: the reason first, then as many of the sender's as fit. A body may leave so little room
     * that the detail is truncated, or appears in the log only.
     */
    static Map<String, MessageAttributeValue> attributes(ReceivedMessage message, RejectReason reason, Instant at) {
        AttributeBudget room = new AttributeBudget(message.body());
        room.put(RejectionAttributes.REASON, reason.code());
        room.put(RejectionAttributes.AT, at.toString());
        room.putBeginning(RejectionAttributes.DETAIL, printable(reason.detail()));
        Optional.ofNullable(message.attributes().get(RejectionAttributes.REDRIVEN_AT))
                .ifPresent(time -> room.put(RejectionAttributes.REDRIVEN_AT, sendable(time)));
        message.attributes().entrySet().stream()
                .filter(attribute -> !RejectionAttributes.OF_REJECTION.contains(attribute.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> room.put(attribute.getKey(), sendable(attribute.getValue())));
        return room.attributes();
    }

    /**
     * Replaces characters outside XML 1.0, for which SQS would reject the whole message.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
     */
    public static String printable(String detail) {
        StringBuilder text = new StringBuilder();
        detail.codePoints()
                .limit(MAX_DETAIL)
                .map(c -> sendable(c) ? c : REPLACEMENT)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    static MessageAttributeValue sendable(MessageAttribute attribute) {
        MessageAttributeValue.Builder value = MessageAttributeValue.builder().dataType(attribute.type());
        switch (attribute) {
            case MessageAttribute.Text text -> value.stringValue(text.value());
            case MessageAttribute.Binary binary -> value.binaryValue(SdkBytes.fromByteArray(binary.bytes()));
        }
        return value.build();
    }

    private static boolean sendable(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}
