package dev.linkedrole.bench.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is done with each message: nothing, or waiting a few milliseconds without holding a thread, as a remote call does. */
public final class Work {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("work").factory());

    private final int messages;
    private final Duration each;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicInteger mostInHand = new AtomicInteger();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile long finishedAt;

    Work(int messages, Duration each) {
        this.messages = messages;
        this.each = each;
    }

    /** Handles one message. The stage never fails. */
    public CompletableFuture<Void> handle(String body) {
        int now = inHand.incrementAndGet();
        mostInHand.accumulateAndGet(now, Math::max);
        if (each.isZero()) {
            end();
            return DONE;
        }
        CompletableFuture<Void> later = new CompletableFuture<>();
        TIMER.schedule(
                () -> {
                    end();
                    later.complete(null);
                },
                each.toNanos(),
                TimeUnit.NANOSECONDS);
        return later;
    }

    private void end() {
        inHand.decrementAndGet();
        if (done.incrementAndGet() == messages) {
            finishedAt = System.nanoTime();
            finished.countDown();
        }
    }

    boolean awaitAll(Duration limit) throws InterruptedException {
        return finished.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    int done() {
        return done.get();
    }

    /** In {@link System#nanoTime()}. */
    long finishedAt() {
        return finishedAt;
    }

    int mostInHand() {
        return mostInHand.get();
    }
}
