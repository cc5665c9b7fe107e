package dev.linkedrole.intake.sqs;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.MessageQueue;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Adapter of an SQS queue. */
public final class SqsMessageQueue implements MessageQueue {

    /** Receive count to assume if SQS returns none: one comparison too many does no harm. */
    private static final String REDELIVERED = "2";

    private static final int SERVER_ERRORS = 500;

    private final SqsAsyncClient sqs;
    private final String name;
    private final int waitSeconds;
    private final Supplier<Uni<QueuePair>> lookup;
    private final DeadLetterQueues deadLetters;

    private volatile @Nullable QueuePair found;
    private volatile boolean misdirected;

    /**
     * @param name the queue's name; its redrive policy names its dead-letter queue
     * @param longPoll wait time of a receive call: whole seconds, up to 20
     */
    public SqsMessageQueue(SqsAsyncClient sqs, String name, Duration longPoll, InstantSource clock) {
        this(sqs, name, longPoll, clock, () -> new QueueLookup(sqs).find(name));
    }

    /** @param lookup finds the queue */
    SqsMessageQueue(
            SqsAsyncClient sqs, String name, Duration longPoll, InstantSource clock, Supplier<Uni<QueuePair>> lookup) {
        this.sqs = sqs;
        this.name = name;
        this.waitSeconds = (int) longPoll.toSeconds();
        this.lookup = lookup;
        this.deadLetters = new DeadLetterQueues(sqs, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Uni<Traits> open() {
        return found().map(queue -> new Traits(queue.fifo(), queue.visibilityTimeout()));
    }

    /** Looks up the queue. */
    private Uni<QueuePair> found() {
        return Uni.createFrom().deferred(lookup::get).invoke(queue -> {
            found = queue;
            misdirected = false;
        });
    }

    /** Returns the queue as of the last lookup. */
    private Uni<QueuePair> queue() {
        QueuePair known = found;
        return known != null ? Uni.createFrom().item(known) : found();
    }

    @Override
    public Uni<List<ReceivedMessage>> receive(int most, Duration timeout) {
        return queue().flatMap(queue -> {
                    ReceiveMessageRequest request = ReceiveMessageRequest.builder()
                            .queueUrl(queue.url())
                            .visibilityTimeout(timeout.isZero() ? null : (int) timeout.toSeconds())
                            .maxNumberOfMessages(most)
                            .waitTimeSeconds(waitSeconds)
                            .messageSystemAttributeNames(
                                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                    MessageSystemAttributeName.MESSAGE_GROUP_ID,
                                    MessageSystemAttributeName.AWS_TRACE_HEADER)
                            .messageAttributeNames("All")
                            .build();
                    return Uni.createFrom().completionStage(() -> sqs.receiveMessage(request));
                })
                .map(response -> response.messages().stream()
                        .map(SqsMessageQueue::received)
                        .toList())
                .onFailure(QueueDoesNotExistException.class)
                // By then the queue may exist under another URL, or have another dead-letter queue.
                .invoke(() -> found = null);
    }

    private static ReceivedMessage received(Message message) {
        Map<MessageSystemAttributeName, String> system = message.attributes();
        return new ReceivedMessage(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Integer.parseInt(
                        system.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, REDELIVERED)),
                Optional.ofNullable(system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID)),
                Optional.ofNullable(system.get(MessageSystemAttributeName.AWS_TRACE_HEADER)),
                message.hasMessageAttributes() ? attributes(message.messageAttributes()) : Map.of());
    }

    private static Map<String, MessageAttribute> attributes(Map<String, MessageAttributeValue> values) {
        Map<String, MessageAttribute> attributes = new HashMap<>();
        values.forEach((key, value) -> attributes.put(
                key,
                value.binaryValue() == null
                        ? new MessageAttribute.Text(value.dataType(), value.stringValue())
                        : MessageAttribute.Binary.of(
                                value.dataType(), value.binaryValue().asByteArrayUnsafe())));
        return attributes;
    }

    @Override
    public Uni<List<FailedEntry>> delete(List<ReceivedMessage> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (ReceivedMessage message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receipt())
                    .build());
        }
        return queue().map(queue -> DeleteMessageBatchRequest.builder()
                        .queueUrl(queue.url())
                        .entries(entries)
                        .build())
                .flatMap(request -> Uni.createFrom().completionStage(() -> sqs.deleteMessageBatch(request)))
                .map(response -> response.hasFailed() ? failed(response.failed()) : List.of());
    }

    @Override
    public Uni<List<FailedEntry>> changeVisibility(List<VisibilityChange> changes) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(changes.size());
        for (VisibilityChange change : changes) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(change.message().receipt())
                    .visibilityTimeout(change.seconds())
                    .build());
        }
        return queue().map(queue -> ChangeMessageVisibilityBatchRequest.builder()
                        .queueUrl(queue.url())
                        .entries(entries)
                        .build())
                .flatMap(request -> Uni.createFrom().completionStage(() -> sqs.changeMessageVisibilityBatch(request)))
                .map(response -> response.hasFailed() ? failed(response.failed()) : List.of());
    }

    /**
     * Converts failed entries. A sender's fault is permanent: another consumer has received the message, or it is
     * deleted.
     */
    private static List<FailedEntry> failed(List<BatchResultErrorEntry> entries) {
        return entries.stream()
                .map(entry -> new FailedEntry(
                        Integer.parseInt(entry.id()),
                        entry.code() + ": " + entry.message(),
                        Boolean.TRUE.equals(entry.senderFault())
                                && !entry.code().contains("Throttl")))
                .toList();
    }

    @Override
    public Uni<Void> reject(ReceivedMessage message, RejectReason reason) {
        return (misdirected ? found() : queue())
                .flatMap(queue -> deadLetters.put(queue, message, reason))
                .onFailure(SqsMessageQueue::isForGood)
                // The dead-letter queue may have changed: the next attempt looks it up.
                .invoke(() -> misdirected = true);
    }

    /** True if the failure is permanent: SQS has understood the call and rejects it. */
    private static boolean isForGood(Throwable failure) {
        return failure instanceof SdkServiceException rejected
                && !rejected.isThrottlingException()
                && rejected.statusCode() < SERVER_ERRORS;
    }
}
