package dev.linkedrole.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.config.ControllerConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues of the channels, looked up once. */
@Singleton
public class Queues {

    private final SqsAsyncClient sqs;
    private final ObjectMapper json;
    private final ControllerConfig.Queues names;
    private final ConcurrentMap<String, Queue> known = new ConcurrentHashMap<>();

    Queues(ChannelSqsClient sqs, ObjectMapper json, ControllerConfig config) {
        this.sqs = sqs.plain();
        this.json = json;
        this.names = config.queues();
    }

    Uni<Queue> of(Channel channel) {
        String name = channel.queueName(names);
        Queue queue = known.get(name);
        return queue != null ? Uni.createFrom().item(queue) : lookUp(name).invoke(found -> known.put(name, found));
    }

    private Uni<Queue> lookUp(String name) {
        return url(name)
                .flatMap(url -> Uni.createFrom()
                        .completionStage(() -> sqs.getQueueAttributes(
                                r -> r.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY)))
                        .map(response -> response.attributes().get(QueueAttributeName.REDRIVE_POLICY))
                        .flatMap(policy -> url(deadLetterQueue(name, policy)))
                        .map(deadLetterUrl -> new Queue(name, url, deadLetterUrl, name.endsWith(".fifo"))));
    }

    private Uni<String> url(String name) {
        return Uni.createFrom()
                .completionStage(() -> sqs.getQueueUrl(r -> r.queueName(name)))
                .map(response -> response.queueUrl());
    }

    private String deadLetterQueue(String name, @org.jspecify.annotations.Nullable String redrivePolicy) {
        if (redrivePolicy == null) {
            throw new IllegalStateException("the queue " + name
                    + " has no redrive policy, and so nowhere for refused messages to go: give it a dead-letter queue");
        }
        try {
            JsonNode target = json.readTree(redrivePolicy).path("deadLetterTargetArn");
            return Arn.fromString(target.asText()).resourceAsString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the redrive policy of the queue " + name + " cannot be read", e);
        }
    }
}
