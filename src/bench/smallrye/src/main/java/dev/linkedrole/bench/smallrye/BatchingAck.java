package dev.linkedrole.bench.smallrye;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.aws.sqs.SqsAckHandler;
import io.smallrye.reactive.messaging.aws.sqs.SqsConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.aws.sqs.SqsMessage;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** Deletes ten at a time, or what there is after a few milliseconds. A message is acknowledged at once: it does not wait for its batch. */
final class BatchingAck implements SqsAckHandler {

    private static final int MOST = 10;
    private static final long LONGEST_WAIT_MILLIS = 5;

    private final Vertx vertx;
    private final SqsAsyncClient client;
    private final Uni<String> queueUrl;
    private List<DeleteMessageBatchRequestEntry> waiting = new ArrayList<>();

    private BatchingAck(Vertx vertx, SqsAsyncClient client, Uni<String> queueUrl) {
        this.vertx = vertx;
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /** By the name that the configuration calls it. */
    @ApplicationScoped
    @Identifier("batching")
    public static class Factory implements SqsAckHandler.Factory {

        @Override
        public SqsAckHandler create(
                SqsConnectorIncomingConfiguration configuration,
                Vertx vertx,
                SqsAsyncClient client,
                Uni<String> queueUrl,
                BiConsumer<Throwable, Boolean> failures) {
            return new BatchingAck(vertx, client, queueUrl);
        }
    }

    @Override
    public Uni<Void> handle(SqsMessage<?> message) {
        List<DeleteMessageBatchRequestEntry> full = add(message);
        if (!full.isEmpty()) {
            delete(full);
        }
        return Uni.createFrom().voidItem().emitOn(message::runOnMessageContext);
    }

    private synchronized List<DeleteMessageBatchRequestEntry> add(SqsMessage<?> message) {
        waiting.add(DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(waiting.size()))
                .receiptHandle(message.getMessage().receiptHandle())
                .build());
        if (waiting.size() == MOST) {
            return take();
        }
        if (waiting.size() == 1) {
            vertx.setTimer(LONGEST_WAIT_MILLIS, timer -> delete(take()));
        }
        return List.of();
    }

    private synchronized List<DeleteMessageBatchRequestEntry> take() {
        List<DeleteMessageBatchRequestEntry> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private void delete(List<DeleteMessageBatchRequestEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        queueUrl.subscribe()
                .with(url -> client.deleteMessageBatch(d -> d.queueUrl(url).entries(entries)));
    }
}
