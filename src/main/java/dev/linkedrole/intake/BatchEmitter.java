package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.Delivery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emitter that passes a receiver's batches into a channel.
 *
 * <p>It does not wait for downstream demand: the receiver's permits bound the messages in flight, and each message
 * keeps its permit until it is settled, so no more than these messages can queue here. Acknowledging a batch only means
 * that its handling has begun; if its start fails, all messages that are not settled are returned to the queue.
 */
public final class BatchEmitter implements BatchHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BatchEmitter.class);

    private volatile @Nullable MultiEmitter<? super Message<MessageBatch>> channel;

    /**
     * Stream of the batches, for one subscriber. Batches come from any thread, one after the other, and the stream
     * never ends.
     */
    public Multi<Message<MessageBatch>> batches() {
        return Multi.createFrom().emitter(emitter -> channel = emitter, BackPressureStrategy.BUFFER);
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        MultiEmitter<? super Message<MessageBatch>> open = channel;
        if (open == null || open.isCancelled()) {
            throw new IllegalStateException("nobody takes what is received");
        }
        MessageBatch batch = new MessageBatch(deliveries);
        open.emit(Message.of(batch, BatchEmitter::begun, failure -> nack(batch, failure)));
    }

    private static CompletionStage<Void> begun() {
        return CompletableFuture.completedFuture(null);
    }

    private static CompletionStage<Void> nack(MessageBatch batch, Throwable failure) {
        LOG.atError()
                .setCause(failure)
                .log("Handling a batch failed; messages that are not settled are returned to the queue");
        batch.deliveries().forEach(Delivery::nack);
        return begun();
    }
}
