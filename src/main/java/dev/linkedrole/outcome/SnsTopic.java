package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/** Publisher to an SNS topic: the message is the CloudEvent, and subscriptions can filter by its attributes. */
record SnsTopic(SnsAsyncClient sns, Target.Topic topic) implements OutcomePublisher {

    @Override
    public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
        List<PublishBatchRequestEntry> entries = IntStream.range(0, events.size())
                .mapToObj(i -> entry(Integer.toString(i), events.get(i)))
                .toList();
        return Uni.createFrom()
                .completionStage(
                        () -> sns.publishBatch(r -> r.topicArn(topic.arn()).publishBatchRequestEntries(entries)))
                .map(response -> results(events.size(), response));
    }

    @Override
    public Uni<Boolean> exists() {
        return Uni.createFrom()
                .completionStage(() -> sns.getTopicAttributes(r -> r.topicArn(topic.arn())))
                .replaceWith(true)
                .onFailure(NotFoundException.class)
                .recoverWithItem(false);
    }

    private PublishBatchRequestEntry entry(String number, CloudEvent event) {
        PublishBatchRequestEntry.Builder entry = PublishBatchRequestEntry.builder()
                .id(number)
                .message(event.json())
                .messageAttributes(attributes(event));
        if (topic.fifo()) {
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

    private static List<Optional<String>> results(int many, PublishBatchResponse response) {
        Map<String, String> failed = response.failed().stream()
                .collect(Collectors.toMap(BatchResultErrorEntry::id, error -> error.code() + ": " + error.message()));
        return IntStream.range(0, many)
                .mapToObj(i -> Optional.ofNullable(failed.get(Integer.toString(i))))
                .toList();
    }

    @Override
    public void close() {
        sns.close();
    }
}
