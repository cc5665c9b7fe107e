package dev.linkedrole.bench.pipeline;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * The hand-tuned loop with a bound on what is in hand, for handlers that ask others: sixteen receives, batches deleted together.
 * A failure ends the measurement, since nothing is tried again.
 */
final class BoundedLoop implements Contender.Consuming {

    private static final int RECEIVES = 16;
    private static final int BATCH = 10;

    private final SqsAsyncClient sqs;
    private final String queueUrl;
    private final Work work;
    private final int mostInHand;
    private final Function<Event, CompletableFuture<?>> handler;
    private final ReceiveMessageRequest request;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private volatile boolean closed;

    BoundedLoop(
            SqsAsyncClient sqs,
            String queueUrl,
            Work work,
            int mostInHand,
            Function<Event, CompletableFuture<?>> handler) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.work = work;
        this.mostInHand = mostInHand;
        this.handler = handler;
        this.request = ReceiveMessageRequest.builder()
                .queueUrl(queueUrl)
                .maxNumberOfMessages(BATCH)
                // No longer, for a pass ends with its last receive; while there are messages none waits.
                .waitTimeSeconds(1)
                .build();
    }

    BoundedLoop start() {
        for (int i = 0; i < RECEIVES; i++) {
            receive();
        }
        return this;
    }

    /** Receives if there is room for a whole batch; if not, the next release does. */
    private void receive() {
        if (closed) {
            return;
        }
        if (reserved.addAndGet(BATCH) > mostInHand) {
            reserved.addAndGet(-BATCH);
            idle.incrementAndGet();
            if (reserved.get() + BATCH <= mostInHand) {
                // What made room meanwhile may not have seen that this one waits.
                wake();
            }
            return;
        }
        CompletableFuture<ReceiveMessageResponse> receive = sqs.receiveMessage(request);
        underWay.add(receive);
        receive.whenComplete((response, failure) -> {
            underWay.remove(receive);
            if (failure == null) {
                handle(response.messages());
                receive();
            } else if (!closed) {
                failure.printStackTrace();
            }
        });
    }

    private void handle(List<Message> messages) {
        release(BATCH - messages.size());
        if (messages.isEmpty()) {
            return;
        }
        CompletableFuture<?>[] handled = new CompletableFuture<?>[messages.size()];
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (int i = 0; i < handled.length; i++) {
            Message message = messages.get(i);
            handled[i] = handler.apply(Event.read(message.body())).thenCompose(done -> work.handle(message.body()));
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        CompletableFuture.allOf(handled)
                .thenCompose(
                        all -> sqs.deleteMessageBatch(d -> d.queueUrl(queueUrl).entries(entries)))
                .whenComplete((response, failure) -> {
                    release(messages.size());
                    if (failure != null && !closed) {
                        failure.printStackTrace();
                    }
                });
    }

    private void release(int messages) {
        reserved.addAndGet(-messages);
        wake();
    }

    private void wake() {
        if (idle.getAndUpdate(waiting -> Math.max(0, waiting - 1)) > 0) {
            receive();
        }
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(receive -> receive.cancel(true));
    }
}
