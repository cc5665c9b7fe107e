package dev.linkedrole.intake.queue;

import dev.linkedrole.concurrent.DrainLoop;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps receives of one queue under way, as many as its load asks for, and lives through any failure of the queue. */
final class Poller {

    /** Takes what a receive brought. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes messages in flight.
         *
         * @param timeout how long they stay away from others, from when they were received
         */
        void take(List<ReceivedMessage> messages, Duration timeout);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** So many failures in a row with nothing good in between are more than a hiccup. */
    private static final int TROUBLE = 3;

    private final MessageQueue queue;
    private final Retry retry;
    private final ReceiverCounts counts;
    private final CircuitBreaker store;
    private final Sink sink;
    private final ReceivePermits polls;
    private final QueueTraitsRefresher refresher;
    private final Set<Poll> underWay = ConcurrentHashMap.newKeySet();
    private final DrainLoop receives = new DrainLoop(this::receiveMore);

    private volatile boolean stopping;

    private int failures;
    private boolean resting;
    private boolean found;
    private String lastFailure = "the queue was not found yet";

    /**
     * @param store while it is open no receive is begun; those under way go on
     * @param changed told what the queue is like, once it is found and whenever that has changed
     */
    Poller(
            MessageQueue queue,
            ReceiverLimits limits,
            Retry retry,
            ReceiverCounts counts,
            CircuitBreaker store,
            QueueTraitsRefresher.Change changed,
            Sink sink) {
        this.queue = queue;
        this.retry = retry;
        this.counts = counts;
        this.store = store;
        this.sink = sink;
        this.polls = new ReceivePermits(limits);
        this.refresher = new QueueTraitsRefresher(queue, limits.refresh(), retry, changed);
    }

    /** Begins to receive, once the queue is found. To be called once. */
    void start() {
        store.whenClosed(receives::drain);
        open();
    }

    private void open() {
        queue.open().subscribe().with(this::opened, failure -> failed(failure, this::open));
    }

    private void opened(MessageQueue.Traits traits) {
        refresher.begin(traits);
        succeeded();
        goOn();
    }

    private void goOn() {
        if (!stopping) {
            polls.goOn();
            receives.drain();
        }
    }

    /** Why nothing is received, or rejected messages have nowhere to go; empty while all is well. */
    Optional<String> trouble() {
        synchronized (this) {
            if (!found || failures >= TROUBLE) {
                return Optional.of(queue.name() + ": " + lastFailure);
            }
        }
        return store.open().or(refresher::trouble).map(why -> queue.name() + ": " + why);
    }

    /** Messages are not in flight any more, and there is room for others. */
    void release(int messages, long size) {
        polls.release(messages, size);
        receives.drain();
    }

    /**
     * Begins no receive any more. Those under way go on: a receive that is broken off is served all the same by most servers, and what it
     * takes is hidden from everybody until its visibility timeout is over.
     *
     * @return ends when no receive is under way
     */
    Uni<Void> stop() {
        stopping = true;
        refresher.stop();
        return Uni.createFrom().completionStage(polls.stop());
    }

    /** Breaks off the receives that are still under way. @return how many */
    int breakOff() {
        List<Poll> left = List.copyOf(underWay);
        left.forEach(Poll::breakOff);
        return left.size();
    }

    private boolean receiveMore() {
        int ask = store.open().isPresent() ? 0 : polls.take();
        if (ask == 0) {
            return false;
        }
        receive(ask);
        return true;
    }

    private void receive(int ask) {
        Poll poll = new Poll();
        underWay.add(poll);
        Duration timeout = refresher.traits().visibilityTimeout();
        poll.call = queue.receive(ask, timeout)
                .subscribe()
                .with(messages -> received(poll, ask, messages, timeout), failure -> receiveFailed(poll, ask, failure));
    }

    private void received(Poll poll, int asked, List<ReceivedMessage> messages, Duration timeout) {
        underWay.remove(poll);
        polls.answered(asked, messages.size(), ReceivedMessage.size(messages));
        succeeded();
        // The next receive is under way while these are handled.
        receives.drain();
        if (!messages.isEmpty()) {
            counts.received(messages.size());
            sink.take(messages, timeout);
        }
        polls.ended();
    }

    private void receiveFailed(Poll poll, int asked, Throwable failure) {
        underWay.remove(poll);
        polls.failed(asked);
        counts.receiveFailed();
        failed(failure, this::goOn);
        polls.ended();
    }

    /** Has something done after a while; of several that fail together one does it. */
    private void failed(Throwable failure, Runnable again) {
        polls.halt();
        int attempt;
        synchronized (this) {
            if (resting || stopping) {
                return;
            }
            resting = true;
            attempt = ++failures;
            lastFailure = FailureText.of(failure);
        }
        Duration pause = AFTER_FAILURE.pause(attempt, retry.chance());
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .addKeyValue("pauseMillis", pause.toMillis())
                .log("Failed at receiving, which is tried again: {}", FailureText.of(failure));
        retry.pause(pause).subscribe().with(ignored -> {
            synchronized (this) {
                resting = false;
            }
            again.run();
        });
    }

    private void succeeded() {
        int failed;
        synchronized (this) {
            found = true;
            failed = failures;
            failures = 0;
        }
        if (failed > 0) {
            LOG.atInfo()
                    .addKeyValue("queue", queue.name())
                    .addKeyValue("failures", failed)
                    .log("Received from again, after it had failed");
        }
    }

    /** A receive under way. */
    private static final class Poll {
        private volatile Cancellable call = () -> {};

        void breakOff() {
            call.cancel();
        }
    }
}
