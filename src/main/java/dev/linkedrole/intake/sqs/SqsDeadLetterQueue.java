package dev.linkedrole.intake.sqs;

import dev.linkedrole.intake.consumer.MessageQueue.VisibilityChange;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.deadletters.DeadLetterQueue;
import dev.linkedrole.intake.deadletters.RejectionAttributes;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Adapter of an SQS queue's dead-letter queue, which the queue's redrive policy names. */
public final class SqsDeadLetterQueue implements DeadLetterQueue {

    /** A receive that waits asks all servers of a queue; one that does not may miss messages that are there. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final SqsAsyncClient sqs;
    private final String name;
    private final SqsMessageQueue deadLetters;

    private volatile @Nullable QueuePair found;

    /** @param name name of the queue that messages were sent to */
    public SqsDeadLetterQueue(SqsAsyncClient sqs, String name, InstantSource clock) {
        this.sqs = sqs;
        this.name = name;
        QueueLookup queues = new QueueLookup(sqs);
        this.deadLetters = new SqsMessageQueue(
                sqs,
                name,
                WAIT,
                clock,
                () -> queues.find(name).invoke(pair -> found = pair).map(QueuePair::deadLetters));
    }

    @Override
    public String queue() {
        return name;
    }

    @Override
    public Uni<Traits> open() {
        return deadLetters.open().flatMap(opened -> traits(pair()));
    }

    private Uni<Traits> traits(QueuePair pair) {
        return Uni.createFrom()
                .completionStage(() -> sqs.getQueueAttributes(r -> r.queueUrl(pair.deadLetterUrl())
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)))
                .map(response -> new Traits(
                        pair.deadLetters().name(),
                        response.attributes().values().stream()
                                .mapToLong(Long::parseLong)
                                .sum()));
    }

    private QueuePair pair() {
        return Objects.requireNonNull(found, "the queue was not opened");
    }

    @Override
    public Uni<List<ReceivedMessage>> receive(int most, Duration hidden) {
        return deadLetters.receive(most, hidden);
    }

    @Override
    public Uni<Void> send(ReceivedMessage message, Instant redrivenAt) {
        QueuePair pair = pair();
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(pair.url())
                .messageBody(message.body())
                .messageAttributes(attributes(message, redrivenAt));
        message.traceHeader()
                .ifPresent(trace -> request.messageSystemAttributes(
                        Map.of(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER, header(trace))));
        if (pair.fifo()) {
            // The dead letter's own id: if it is sent twice within five minutes, SQS drops the second copy.
            request.messageGroupId(message.groupId().orElse(message.id())).messageDeduplicationId(message.id());
        }
        return Uni.createFrom()
                .completionStage(() -> sqs.sendMessage(request.build()))
                .replaceWithVoid();
    }

    private static MessageSystemAttributeValue header(String trace) {
        return MessageSystemAttributeValue.builder()
                .dataType("String")
                .stringValue(trace)
                .build();
    }

    /** Selects the attributes: the time of the redrive first, then as many of the sender's as fit. */
    static Map<String, MessageAttributeValue> attributes(ReceivedMessage message, Instant redrivenAt) {
        AttributeBudget room = new AttributeBudget(message.body());
        room.put(RejectionAttributes.REDRIVEN_AT, redrivenAt.toString());
        message.attributes().entrySet().stream()
                .filter(attribute -> !RejectionAttributes.OF_REJECTION.contains(attribute.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> room.put(attribute.getKey(), DeadLetterQueues.sendable(attribute.getValue())));
        return room.attributes();
    }

    @Override
    public Uni<Integer> delete(List<ReceivedMessage> messages) {
        return deadLetters.delete(messages).map(List::size);
    }

    @Override
    public Uni<Integer> giveBack(List<ReceivedMessage> messages) {
        return deadLetters
                .changeVisibility(messages.stream()
                        .map(message -> new VisibilityChange(message, 0))
                        .toList())
                .map(List::size);
    }
}
