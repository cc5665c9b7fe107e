package dev.linkedrole.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.ReceivedOutcome;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Listener for outcomes: a queue and its subscription to a target. Records the outcomes in the order of arrival. */
public final class OutcomeListener implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private final SqsClient sqs;
    private final String url;
    private final String target;
    private final Function<JsonNode, JsonNode> unwrapping;
    private final List<JsonNode> heard = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    private OutcomeListener(SqsClient sqs, String url, String target, Function<JsonNode, JsonNode> unwrapping) {
        this.sqs = sqs;
        this.url = url;
        this.target = target;
        this.unwrapping = unwrapping;
    }

    /** Kinds of target between the service and a listener. */
    public enum Way {
        QUEUE,
        QUEUE_URL,
        FIFO_QUEUE,
        TOPIC,
        RAW_TOPIC,
        FIFO_TOPIC,
        BUS;

        boolean fifo() {
            return this == FIFO_QUEUE || this == FIFO_TOPIC;
        }
    }

    /** Creates a listener with its target and subscription. */
    public static OutcomeListener by(Way way) {
        LocalAws.require();
        SqsClient sqs = SqsClient.create();
        String name = "outcomes-" + UUID.randomUUID() + (way.fifo() ? ".fifo" : "");
        Map<QueueAttributeName, String> attributes = new HashMap<>();
        if (way.fifo()) {
            attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        }
        String url =
                sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
        String queue = Objects.requireNonNull(
                sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        return switch (way) {
            case QUEUE, FIFO_QUEUE -> new OutcomeListener(sqs, url, queue, body -> body);
            case QUEUE_URL -> new OutcomeListener(sqs, url, url, body -> body);
            case TOPIC -> new OutcomeListener(sqs, url, topic(name, queue, way), OutcomeListener::notified);
            case RAW_TOPIC, FIFO_TOPIC -> new OutcomeListener(sqs, url, topic(name, queue, way), body -> body);
            case BUS -> new OutcomeListener(sqs, url, bus(name, queue), body -> body.path("detail"));
        };
    }

    private static String topic(String name, String queue, Way way) {
        try (SnsClient sns = SnsClient.create()) {
            Map<String, String> attributes = way.fifo() ? Map.of("FifoTopic", "true") : Map.of();
            String topic =
                    sns.createTopic(r -> r.name(name).attributes(attributes)).topicArn();
            sns.subscribe(r -> r.topicArn(topic)
                    .protocol("sqs")
                    .endpoint(queue)
                    .attributes(Map.of("RawMessageDelivery", Boolean.toString(way != Way.TOPIC))));
            return topic;
        }
    }

    private static String bus(String name, String queue) {
        try (EventBridgeClient events = EventBridgeClient.create()) {
            String bus = events.createEventBus(r -> r.name(name)).eventBusArn();
            events.putRule(r -> r.name(name)
                    .eventBusName(name)
                    .eventPattern("{\"source\": [\"linked-role-controller\"], \"detail-type\": [\"role-updated\","
                            + " \"grant-refused\", \"role-deleted\", \"role-repaired\"]}"));
            events.putTargets(r -> r.rule(name)
                    .eventBusName(name)
                    .targets(Target.builder().id("queue").arn(queue).build()));
            return bus;
        }
    }

    private static JsonNode notified(JsonNode notification) {
        return parse(notification.path("Message").asText());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    /** Target to configure in the service. */
    public String target() {
        return target;
    }

    /** Lists the CloudEvents received so far. */
    public List<JsonNode> heard() {
        while (true) {
            List<Message> more = sqs.receiveMessage(r -> r.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .waitTimeSeconds(0)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            if (more.isEmpty()) {
                return List.copyOf(heard);
            }
            for (Message message : more) {
                heard.add(unwrapping.apply(parse(message.body())));
                messages.add(message);
                sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        }
    }

    /** Lists the messages that carried the received events. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Waits for a number of events and returns all received ones. */
    public List<JsonNode> await(int many) {
        return awaitAll(heard -> heard.size() >= many);
    }

    /** Waits until all these events are answered. */
    public List<JsonNode> awaitAnswersTo(List<RoleEvent> events) {
        List<EventId> ids = events.stream().map(RoleEvent::eventId).toList();
        return awaitAll(heard ->
                heard.stream().flatMap(ReceivedOutcome::answers).toList().containsAll(ids));
    }

    private List<JsonNode> awaitAll(Predicate<List<JsonNode>> enough) {
        return Awaitility.await("outcomes")
                .atMost(TestTimeout.LONGEST)
                .pollInterval(POLL)
                .until(this::heard, enough);
    }

    @Override
    public void close() {
        sqs.close();
    }
}
