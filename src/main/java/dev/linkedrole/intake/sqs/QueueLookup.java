package dev.linkedrole.intake.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.intake.envelope.StrictJson;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Lookup of a queue and its dead-letter queue by name. */
final class QueueLookup {

    private final SqsAsyncClient sqs;

    QueueLookup(SqsAsyncClient sqs) {
        this.sqs = sqs;
    }

    /** Fails if there is no such queue, or if it has no dead-letter queue. */
    Uni<QueuePair> find(String name) {
        return url(name)
                .flatMap(url -> attributes(url)
                        .flatMap(attributes -> url(deadLetterQueue(name, attributes))
                                .map(deadLetterUrl ->
                                        new QueuePair(name, url, deadLetterUrl, visibilityTimeout(attributes)))));
    }

    private Uni<String> url(String name) {
        return Uni.createFrom()
                .completionStage(() -> sqs.getQueueUrl(r -> r.queueName(name)))
                .map(response -> response.queueUrl());
    }

    private Uni<Map<QueueAttributeName, String>> attributes(String url) {
        return Uni.createFrom()
                .completionStage(() -> sqs.getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(QueueAttributeName.REDRIVE_POLICY, QueueAttributeName.VISIBILITY_TIMEOUT)))
                .map(response -> response.attributes());
    }

    private static Duration visibilityTimeout(Map<QueueAttributeName, String> attributes) {
        return Optional.ofNullable(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    private static String deadLetterQueue(String name, Map<QueueAttributeName, String> attributes) {
        String policy = attributes.get(QueueAttributeName.REDRIVE_POLICY);
        if (policy == null) {
            throw new IllegalStateException(
                    "the queue " + name
                            + " has no redrive policy, and so nowhere for rejected messages to go: give it a dead-letter queue");
        }
        try {
            JsonNode target = StrictJson.MAPPER.readTree(policy).path("deadLetterTargetArn");
            return Arn.fromString(target.asText()).resourceAsString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the redrive policy of the queue " + name + " cannot be read", e);
        }
    }
}
