package dev.linkedrole.intake.consumer;

import dev.linkedrole.loop.DrainLoop;
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

/**
 * Poller of one queue: keeps as many receive calls in flight as the load requires, and survives any failure of the
 * queue.
 */
final class Poller {

    /** Consumer of received messages. */
    @FunctionalInterface
    interface Sink {
        /**
         * Accepts messages, which are in flight from now on.
         *
         * @param timeout their visibility timeout, from when they were received
         */
        void take(List<ReceivedMessage> messages, Duration timeout);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** Consecutive failures after which the queue counts as unavailable. */
    private static final int FAILURE_THRESHOLD = 3;

    private final MessageQueue queue;
    private final Retry retry;
    private final ReceiverCounts counts;
    private final CircuitBreaker store;
    private final Sink sink;
    private final ReceivePermits permits;
    private final QueueTraitsRefresher refresher;
    private final Set<Poll> underWay = ConcurrentHashMap.newKeySet();
    private final DrainLoop receives = new DrainLoop(this::receiveMore);

    private volatile boolean stopping;

    private int failures;
    private boolean resting;
    private boolean found;
    private String lastFailure = "the queue was not found yet";

    /**
     * @param store while this breaker is open no receive call is started; those in flight continue
     * @param changed called with the queue's traits, once it is found and whenever they have changed
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
        this.permits = new ReceivePermits(limits);
        this.refresher = new QueueTraitsRefresher(queue, limits.refresh(), retry, changed);
    }

    /** Starts receiving, once the queue is found. To be called once. */
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
            permits.goOn();
            receives.drain();
        }
    }

    /** Reason why nothing is received or rejected messages cannot be moved; empty while all is well. */
    Optional<String> trouble() {
        synchronized (this) {
            if (!found || failures >= FAILURE_THRESHOLD) {
                return Optional.of(queue.name() + ": " + lastFailure);
            }
        }
        return store.open().or(refresher::trouble).map(why -> queue.name() + ": " + why);
    }

    /** Releases the permits of messages that are no longer in flight. */
    void release(int messages, long size) {
        permits.release(messages, size);
        receives.drain();
    }

    /**
     * Starts no more receive calls. Those in flight continue: most servers serve an aborted receive all the same, which
     * hides its messages from every consumer until their visibility timeout.
     *
     * @return completes when no receive call is in flight
     */
    Uni<Void> stop() {
        stopping = true;
        refresher.stop();
        return Uni.createFrom().completionStage(permits.stop());
    }

    /** Aborts the receive calls that are still in flight, and returns their number. */
    int breakOff() {
        List<Poll> left = List.copyOf(underWay);
        left.forEach(Poll::breakOff);
        return left.size();
    }

    private boolean receiveMore() {
        int ask = store.open().isPresent() ? 0 : permits.take();
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
        permits.answered(asked, messages.size(), ReceivedMessage.size(messages));
        succeeded();
        // The next receive is in flight while these are handled.
        receives.drain();
        if (!messages.isEmpty()) {
            counts.received(messages.size());
            sink.take(messages, timeout);
        }
        permits.ended();
    }

    private void receiveFailed(Poll poll, int asked, Throwable failure) {
        underWay.remove(poll);
        permits.failed(asked);
        counts.receiveFailed();
        failed(failure, this::goOn);
        permits.ended();
    }

    /** Schedules a retry after a pause; of several concurrent failures only one does. */
    private void failed(Throwable failure, Runnable again) {
        permits.halt();
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
                .log("Receiving failed and is tried again: {}", FailureText.of(failure));
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
                    .log("Receiving works again");
        }
    }

    /** A receive call in flight. */
    private static final class Poll {
        private volatile Cancellable call = () -> {};

        void breakOff() {
            call.cancel();
        }
    }
}
