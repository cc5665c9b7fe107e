package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Publisher to an SQS queue: the body is the CloudEvent. */
final class SqsQueue implements OutcomePublisher {

    private final SqsAsyncClient sqs;
    private final Target.Queue queue;

    /** The queue's URL, once it is known. */
    private volatile Optional<String> url;

    SqsQueue(SqsAsyncClient sqs, Target.Queue queue) {
        this.sqs = sqs;
        this.queue = queue;
        this.url = queue.url();
    }

    @Override
    public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
        List<SendMessageBatchRequestEntry> entries = BatchEntries.of(events, this::entry);
        return url().flatMap(known -> Uni.createFrom()
                .completionStage(
                        () -> sqs.sendMessageBatch(r -> r.queueUrl(known).entries(entries)))
                .map(response -> BatchEntries.results(
                        events.size(),
                        response.failed(),
                        BatchResultErrorEntry::id,
                        error -> error.code() + ": " + error.message())));
    }

    /**
     * Looks up the queue by its name, however it is configured: that needs no permission beyond those of publishing to
     * an ARN.
     */
    @Override
    public Uni<Boolean> exists() {
        return find().replaceWith(true)
                .onFailure(QueueDoesNotExistException.class)
                .recoverWithItem(false);
    }

    private Uni<String> url() {
        return url.map(known -> Uni.createFrom().item(known))
                .orElseGet(() -> find().invoke(found -> url = Optional.of(found)));
    }

    private Uni<String> find() {
        return Uni.createFrom()
                .completionStage(
                        () -> sqs.getQueueUrl(r -> r.queueName(queue.name()).queueOwnerAWSAccountId(queue.account())))
                .map(GetQueueUrlResponse::queueUrl);
    }

    private SendMessageBatchRequestEntry entry(String number, CloudEvent event) {
        SendMessageBatchRequestEntry.Builder entry = SendMessageBatchRequestEntry.builder()
                .id(number)
                .messageBody(event.json())
                .messageAttributes(BatchEntries.attributes(event, SqsQueue::text));
        if (queue.fifo()) {
            entry.messageGroupId(event.group()).messageDeduplicationId(event.id());
        }
        return entry.build();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    @Override
    public void close() {
        sqs.close();
    }
}
