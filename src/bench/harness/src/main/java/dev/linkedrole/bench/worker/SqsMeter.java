package dev.linkedrole.bench.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Counts what a client asks of SQS, alike for everybody, and knows when all messages are deleted. */
public final class SqsMeter implements ExecutionInterceptor {

    /** The counters of one drain; what belongs to the one before falls into the counters that nobody reads any more. */
    static final class Count {
        private final int messages;
        private final AtomicLong firstReceive = new AtomicLong();
        private final AtomicLong cpuAtFirstReceive = new AtomicLong();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger receives = new AtomicInteger();
        private final AtomicInteger deleted = new AtomicInteger();
        private final CountDownLatch allDeleted = new CountDownLatch(1);

        Count(int messages) {
            this.messages = messages;
        }

        private void requested(boolean receive) {
            requests.incrementAndGet();
            if (receive) {
                receives.incrementAndGet();
                if (firstReceive.compareAndSet(0, System.nanoTime())) {
                    cpuAtFirstReceive.set(OwnProcess.cpuNanos());
                }
            }
        }

        private void deleted(int more) {
            if (deleted.addAndGet(more) >= messages) {
                allDeleted.countDown();
            }
        }

        boolean awaitAllDeleted(Duration limit) throws InterruptedException {
            return allDeleted.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        long firstReceive() {
            return firstReceive.get();
        }

        long cpuAtFirstReceive() {
            return cpuAtFirstReceive.get();
        }

        int requests() {
            return requests.get();
        }

        int receives() {
            return receives.get();
        }

        int deleted() {
            return deleted.get();
        }
    }

    private volatile Count count = new Count(Integer.MAX_VALUE);

    Count begin(int messages) {
        Count begun = new Count(messages);
        count = begun;
        return begun;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        // Each attempt is a request, also one that is made again.
        count.requested(context.request() instanceof ReceiveMessageRequest);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        switch (context.response()) {
            case DeleteMessageBatchResponse batch ->
                count.deleted(batch.successful().size());
            case DeleteMessageResponse one -> count.deleted(1);
            default -> {}
        }
    }
}
