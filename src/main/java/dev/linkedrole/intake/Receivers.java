package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverLimits;
import dev.linkedrole.intake.sqs.SqsMessageQueue;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.ElapsedTime;
import dev.linkedrole.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The receivers of the channels. They differ only in their queue: an event is handled by its type. */
@Singleton
public class Receivers {

    private final Map<Channel, Receiver> receivers = new EnumMap<>(Channel.class);
    private final Map<Channel, BatchEmitter> emitters = new EnumMap<>(Channel.class);
    private final ControllerConfig.Intake config;
    private final CircuitBreaker store;

    Receivers(
            SqsAsyncClient sqs,
            MeterRegistry registry,
            ControllerConfig config,
            CircuitBreaker store,
            Retry retry,
            InstantSource clock,
            @ElapsedTime InstantSource steady) {
        this.config = config.intake();
        this.store = store;
        ReceiverLimits limits = new ReceiverLimits(
                this.config.maxConcurrentReceives(),
                this.config.maxInFlight(),
                new Backoff(this.config.firstBackoff(), this.config.longestBackoff()),
                ReceiverLimits.DEFAULT_LINGER,
                this.config.refreshEvery());
        for (Channel channel : Channel.values()) {
            SqsMessageQueue queue =
                    new SqsMessageQueue(sqs, channel.queueName(config.queues()), this.config.longPoll(), clock);
            ChannelMetrics metrics = new ChannelMetrics(registry, channel, clock);
            BatchEmitter emitter = new BatchEmitter();
            Receiver receiver = new Receiver(queue, emitter, limits, retry, steady, metrics, store);
            metrics.watch(receiver);
            receivers.put(channel, receiver);
            emitters.put(channel, emitter);
        }
    }

    /** Stream of a channel's batches, once its receiver is started. */
    Multi<Message<MessageBatch>> batches(Channel channel) {
        return Objects.requireNonNull(emitters.get(channel)).batches();
    }

    void start() {
        receivers.values().forEach(Receiver::start);
    }

    /** Stops receiving. Completes when nothing is in flight, or shortly after the shutdown timeout. */
    Uni<Void> stop() {
        store.stop();
        return Multi.createFrom()
                .iterable(receivers.values())
                .onItem()
                .transformToUniAndMerge(receiver -> receiver.stop(config.shutdownTimeout()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Number of messages in flight. */
    int inFlight() {
        return receivers.values().stream().mapToInt(Receiver::inFlight).sum();
    }

    /** Reasons why channels receive nothing, by channel. */
    Map<Channel, String> troubles() {
        return receivers.entrySet().stream()
                .filter(entry -> entry.getValue().trouble().isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().trouble().orElseThrow()));
    }
}
