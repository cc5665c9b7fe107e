package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

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
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, events.size())
                .mapToObj(i -> entry(Integer.toString(i), events.get(i)))
                .toList();
        return url().flatMap(known -> Uni.createFrom()
                .completionStage(
                        () -> sqs.sendMessageBatch(r -> r.queueUrl(known).entries(entries)))
                .map(response -> results(events.size(), response)));
    }

    /**
     * Looks up the queue by its name, however it is configured: that takes no permission that publishing to an ARN does
     * not.
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
                .messageAttributes(attributes(event));
        if (queue.fifo()) {
            entry.messageGroupId(event.group()).messageDeduplicationId(event.id());
        }
        return entry.build();
    }

    private static Map<String, MessageAttributeValue> attributes(CloudEvent event) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        event.attributes().forEach((name, value) -> attributes.put(name, text(value)));
        return attributes;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static List<Optional<String>> results(int many, SendMessageBatchResponse response) {
        Map<String, String> failed = response.failed().stream()
                .collect(Collectors.toMap(BatchResultErrorEntry::id, error -> error.code() + ": " + error.message()));
        return IntStream.range(0, many)
                .mapToObj(i -> Optional.ofNullable(failed.get(Integer.toString(i))))
                .toList();
    }

    @Override
    public void close() {
        sqs.close();
    }
}
