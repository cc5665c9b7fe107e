package dev.linkedrole.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue of its own with messages in it, gone when it is closed. */
record FilledQueue(SqsAsyncClient sqs, String url) implements AutoCloseable {

    private static final int BATCH = 10;
    private static final int SENDS = 16;

    static FilledQueue with(Aws aws, String name, List<String> bodies) throws InterruptedException {
        String url = aws.createQueue(name);
        send(aws.client(), url, bodies);
        return new FilledQueue(aws.client(), url);
    }

    static void send(SqsAsyncClient sqs, String url, List<String> bodies) throws InterruptedException {
        Semaphore permits = new Semaphore(SENDS);
        List<CompletableFuture<?>> sends = new ArrayList<>();
        for (int from = 0; from < bodies.size(); from += BATCH) {
            List<SendMessageBatchRequestEntry> entries =
                    entries(bodies.subList(from, Math.min(from + BATCH, bodies.size())));
            permits.acquire();
            sends.add(sqs.sendMessageBatch(s -> s.queueUrl(url).entries(entries))
                    .whenComplete((response, failure) -> permits.release()));
        }
        CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
    }

    private static List<SendMessageBatchRequestEntry> entries(List<String> bodies) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageBody(body)
                    .build());
        }
        return entries;
    }

    @Override
    public void close() {
        sqs.deleteQueue(d -> d.queueUrl(url)).join();
    }
}
