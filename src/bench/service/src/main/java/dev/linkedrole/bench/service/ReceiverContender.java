package dev.linkedrole.bench.service;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import dev.linkedrole.intake.BatchEmitter;
import dev.linkedrole.intake.MessageBatch;
import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverCounts;
import dev.linkedrole.intake.consumer.ReceiverLimits;
import dev.linkedrole.intake.sqs.SqsMessageQueue;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The service's receiver with its own limits and its outlet into a channel, as the service has them, but for the handler. The channel is
 * what Reactive Messaging makes of a consumer that returns a {@code Uni}: one after the other, and then the acknowledgement.
 */
public final class ReceiverContender implements Contender {

    /** As the service has them where nothing is configured. */
    private static final ReceiverLimits LIMITS = new ReceiverLimits(
            16,
            320,
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)),
            ReceiverLimits.DEFAULT_LINGER,
            Duration.ofMinutes(1));

    private static final Duration LONG_POLL = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(6);
    private static final Duration STOP = Duration.ofSeconds(10);

    static {
        // As in the service. Without its configuration all is logged down to each packet, as text that nobody reads.
        LogContext.getLogContext().getLogger("").setLevel(Level.INFO);
    }

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
        InstantSource clock = InstantSource.system();
        BatchEmitter emitter = new BatchEmitter();
        emitter.batches()
                .onItem()
                .transformToUniAndConcatenate(message -> consume(message, work))
                .subscribe()
                .with(acknowledged -> {});
        Retry retry = Retry.inRealTime();
        Receiver receiver = new Receiver(
                new SqsMessageQueue(sqs, name, LONG_POLL, clock),
                emitter,
                LIMITS,
                retry,
                clock,
                ReceiverCounts.NONE,
                CircuitBreaker.alwaysClosed(retry));
        receiver.start();
        return () -> receiver.stop(DRAIN).await().atMost(STOP);
    }

    private static Uni<Void> consume(Message<MessageBatch> message, Work work) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> handle(message.getPayload(), work))
                .onItemOrFailure()
                .transformToUni((begun, failure) ->
                        Uni.createFrom().completionStage(failure == null ? message.ack() : message.nack(failure)));
    }

    private static void handle(MessageBatch batch, Work work) {
        for (Delivery delivery : batch.deliveries()) {
            work.handle(delivery.message().body()).thenRun(delivery::ack);
        }
    }
}
