package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Publisher to an SNS topic: the message is the CloudEvent, and subscriptions can filter by its attributes. */
record SnsTopic(SnsAsyncClient sns, Target.Topic topic) implements OutcomePublisher {

    @Override
    public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
        List<PublishBatchRequestEntry> entries = BatchEntries.of(events, this::entry);
        return Uni.createFrom()
                .completionStage(
                        () -> sns.publishBatch(r -> r.topicArn(topic.arn()).publishBatchRequestEntries(entries)))
                .map(response -> BatchEntries.results(
                        events.size(),
                        response.failed(),
                        BatchResultErrorEntry::id,
                        error -> error.code() + ": " + error.message()));
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
                .messageAttributes(BatchEntries.attributes(event, SnsTopic::text));
        if (topic.fifo()) {
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
        sns.close();
    }
}
