package dev.linkedrole.bench.loop;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * As fast as the SDK goes: sixteen receives are always under way, none waits for the handling of what another one brought,
 * and what came together is deleted together. It has nothing that a service needs: an error ends it, nothing is tried again,
 * nothing bounds what is in hand, nothing is measured, and it does not drain when it is stopped.
 */
public final class HandTunedLoop implements Contender {

    private static final int RECEIVES = 16;

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        Run run = new Run(sqs, queueUrl, work);
        for (int i = 0; i < RECEIVES; i++) {
            run.receive();
        }
        return run;
    }

    private static final class Run implements Consuming {
        private final SqsAsyncClient sqs;
        private final String queueUrl;
        private final Work work;
        private final ReceiveMessageRequest request;
        private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        Run(SqsAsyncClient sqs, String queueUrl, Work work) {
            this.sqs = sqs;
            this.queueUrl = queueUrl;
            this.work = work;
            this.request = ReceiveMessageRequest.builder()
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(20)
                    .build();
        }

        void receive() {
            if (closed) {
                return;
            }
            CompletableFuture<ReceiveMessageResponse> receive = sqs.receiveMessage(request);
            underWay.add(receive);
            receive.whenComplete((response, failure) -> {
                underWay.remove(receive);
                if (failure == null) {
                    receive();
                    handle(response.messages());
                } else if (!closed) {
                    failure.printStackTrace();
                }
            });
        }

        private void handle(List<Message> messages) {
            if (messages.isEmpty()) {
                return;
            }
            CompletableFuture<?>[] handled = new CompletableFuture<?>[messages.size()];
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
            for (int i = 0; i < handled.length; i++) {
                Message message = messages.get(i);
                handled[i] = work.handle(message.body());
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
            CompletableFuture.allOf(handled)
                    .thenCompose(all ->
                            sqs.deleteMessageBatch(d -> d.queueUrl(queueUrl).entries(entries)))
                    .exceptionally(failure -> {
                        failure.printStackTrace();
                        return null;
                    });
        }

        @Override
        public void close() {
            closed = true;
            underWay.forEach(receive -> receive.cancel(true));
        }
    }
}
