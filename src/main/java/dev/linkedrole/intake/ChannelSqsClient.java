package dev.linkedrole.intake;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * The SQS client as the channels need it. The connector ends a channel for good when its queue cannot be looked up or a
 * receive fails, and loads whatever class a message's {@code _classname} attribute names; so here a look-up is repeated
 * until it succeeds, a failed receive is an empty one after a pause, and that attribute does not come through.
 */
@Alternative
@Priority(1)
@Singleton
public class ChannelSqsClient implements SqsAsyncClient {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSqsClient.class);

    private static final String CLASS_NAME = "_classname";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final SqsAsyncClient sqs;
    private final InFlight inFlight;
    private final ConcurrentMap<UUID, CompletableFuture<ReceiveMessageResponse>> receives = new ConcurrentHashMap<>();

    ChannelSqsClient(SqsAsyncClientBuilder builder, InFlight inFlight) {
        this.sqs = builder.build();
        this.inFlight = inFlight;
    }

    /** The client underneath, whose calls fail when they fail. */
    SqsAsyncClient plain() {
        return sqs;
    }

    @Override
    public CompletableFuture<ReceiveMessageResponse> receiveMessage(ReceiveMessageRequest request) {
        if (inFlight.stopping()) {
            // Never answered: the channel is being closed, and an empty answer would make it ask again at once.
            return new CompletableFuture<>();
        }
        CompletableFuture<ReceiveMessageResponse> receive = sqs.receiveMessage(request);
        UUID id = UUID.randomUUID();
        receives.put(id, receive);
        return receive.whenComplete((response, failure) -> receives.remove(id))
                .thenApply(ChannelSqsClient::withoutClassNames)
                .exceptionallyCompose(failure -> nothingForAWhile(request, failure));
    }

    /** Breaks off the receives that wait for messages, which would else be broken off by the client's end, noisily. */
    void stopReceiving() {
        receives.values().forEach(receive -> receive.cancel(true));
    }

    private CompletableFuture<ReceiveMessageResponse> nothingForAWhile(
            ReceiveMessageRequest request, Throwable failure) {
        if (inFlight.stopping()) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.supplyAsync(
                () -> ReceiveMessageResponse.builder().messages(List.of()).build(),
                pause("receiving", request.queueUrl(), failure));
    }

    private static Executor pause(String what, String queue, Throwable failure) {
        long pause = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
        LOG.atWarn()
                .addKeyValue("queue", queue)
                .addKeyValue("pauseMillis", pause)
                .log("Failed at {}, which is tried again: {}", what, failure.getMessage());
        return CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
    }

    private static ReceiveMessageResponse withoutClassNames(ReceiveMessageResponse response) {
        return response.messages().stream().anyMatch(ChannelSqsClient::namesClass)
                ? response.toBuilder()
                        .messages(response.messages().stream()
                                .map(ChannelSqsClient::withoutClassName)
                                .toList())
                        .build()
                : response;
    }

    private static boolean namesClass(Message message) {
        return message.messageAttributes().containsKey(CLASS_NAME);
    }

    private static Message withoutClassName(Message message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>(message.messageAttributes());
        attributes.remove(CLASS_NAME);
        return message.toBuilder().messageAttributes(attributes).build();
    }

    @Override
    public CompletableFuture<DeleteMessageResponse> deleteMessage(DeleteMessageRequest request) {
        return sqs.deleteMessage(request);
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityResponse> changeMessageVisibility(
            ChangeMessageVisibilityRequest request) {
        return sqs.changeMessageVisibility(request);
    }

    @Override
    public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
        return sqs.getQueueUrl(request)
                .exceptionallyCompose(failure -> CompletableFuture.supplyAsync(
                                () -> request, pause("looking up the queue", request.queueName(), failure))
                        .thenCompose(this::getQueueUrl));
    }

    @Override
    public SqsServiceClientConfiguration serviceClientConfiguration() {
        return sqs.serviceClientConfiguration();
    }

    @Override
    public String serviceName() {
        return sqs.serviceName();
    }

    @PreDestroy
    @Override
    public void close() {
        sqs.close();
    }
}
