package dev.linkedrole.intake;

import dev.linkedrole.role.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Puts refused messages into their dead-letter queue, with the reason beside the unchanged body. */
@Singleton
public class DeadLetters {

    static final String REASON = "rejection-reason";
    static final String DETAIL = "rejection-detail";
    static final String AT = "rejected-at";

    /**
     * The most attributes a message may have.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">SQS
     *     message attributes</a>
     */
    private static final int MAX_ATTRIBUTES = 10;

    /** A detail quotes what was sent, which may be long. */
    private static final int MAX_DETAIL = 1_000;

    private static final char REPLACEMENT = '\uFFFD';

    private final SqsAsyncClient sqs;
    private final InstantSource clock;

    DeadLetters(ChannelSqsClient sqs, InstantSource clock) {
        this.sqs = sqs.plain();
        this.clock = clock;
    }

    /** Fails if the message is not in the dead-letter queue; then it must stay where it is. */
    Uni<Void> put(Queue queue, ReceivedMessage message, Refusal refusal) {
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(queue.deadLetterUrl())
                .messageBody(message.body())
                .messageAttributes(attributes(message, refusal));
        if (queue.fifo()) {
            // The message's own id: should it be refused twice, its second copy is dropped by SQS.
            request.messageGroupId(message.groupId().orElse(message.id())).messageDeduplicationId(message.id());
        }
        return Uni.createFrom()
                .completionStage(() -> sqs.sendMessage(request.build()))
                .replaceWithVoid();
    }

    /** The reason first; of the sender's own attributes as many as there is room for. */
    private Map<String, MessageAttributeValue> attributes(ReceivedMessage message, Refusal refusal) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        attributes.put(REASON, text(refusal.reason().code()));
        attributes.put(DETAIL, text(printable(refusal.detail())));
        attributes.put(AT, text(clock.instant().toString()));
        message.attributes().entrySet().stream()
                .filter(attribute -> !attributes.containsKey(attribute.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_ATTRIBUTES - attributes.size())
                .toList()
                .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue()));
        return attributes;
    }

    /**
     * SQS takes only the characters of XML 1.0, and refuses the whole message for any other.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
     */
    static String printable(String detail) {
        StringBuilder text = new StringBuilder();
        detail.codePoints()
                .limit(MAX_DETAIL)
                .map(c -> sendable(c) ? c : REPLACEMENT)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean sendable(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
