package dev.linkedrole.intake.consumer;

import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer of a queue: a {@link Poller} receives messages, a {@link BatchHandler} handles them, and an {@link
 * Acknowledger} settles them. It survives any failure of the queue and stops on request.
 */
public final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    /** Time for the last deletions and visibility changes. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(3);

    private final MessageQueue queue;
    private final BatchHandler handler;
    private final Retry retry;
    private final InstantSource clock;

    private final InFlightMessages inFlight = new InFlightMessages();
    private final Poller poller;
    private final Acknowledger acknowledger;

    private volatile boolean fifo;
    private volatile boolean stopping;

    /**
     * Creates a receiver that is not started yet.
     *
     * @param store circuit breaker of the store that all handling needs: while it is open nothing is received
     */
    public Receiver(
            MessageQueue queue,
            BatchHandler handler,
            ReceiverLimits limits,
            Retry retry,
            InstantSource clock,
            ReceiverCounts counts,
            CircuitBreaker store) {
        this.queue = queue;
        this.handler = handler;
        this.retry = retry;
        this.clock = clock;
        this.poller = new Poller(queue, limits, retry, counts, store, this::traits, this::received);
        this.acknowledger = new Acknowledger(queue, limits, retry, clock, counts, inFlight, this::released);
    }

    /** Starts receiving, once the queue is found. To be called once. */
    public void start() {
        poller.start();
    }

    /** Number of messages in flight. */
    public int inFlight() {
        return inFlight.count();
    }

    /** Age of the oldest message in flight; zero if there is none. */
    public Duration oldest() {
        return inFlight.oldest()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Reason why nothing is received or rejected messages cannot be moved; empty while all is well. */
    public Optional<String> trouble() {
        return poller.trouble();
    }

    private void traits(MessageQueue.Traits traits) {
        fifo = traits.fifo();
        acknowledger.keepFor(traits.visibilityTimeout());
    }

    private void received(List<ReceivedMessage> received, Duration timeout) {
        List<InFlightMessage> messages = acknowledger.take(received, fifo, timeout);
        if (stopping) {
            messages.forEach(InFlightMessage::nack);
            return;
        }
        try {
            handler.handle(List.copyOf(messages));
        } catch (RuntimeException failure) {
            LOG.atError()
                    .addKeyValue("queue", queue.name())
                    .setCause(failure)
                    .log("Handling a batch failed; messages that are not settled are returned to the queue");
            messages.forEach(InFlightMessage::nack);
        }
    }

    private void released(List<InFlightMessage> messages) {
        List<ReceivedMessage> received =
                messages.stream().map(InFlightMessage::message).toList();
        poller.release(received.size(), ReceivedMessage.size(received));
    }

    /**
     * Stops receiving: calls in flight end and their messages are returned to the queue at once, handling that has
     * begun may finish, and messages that are unfinished after the timeout are returned.
     *
     * @param timeout time for handling that has begun
     * @return completes when no receive call and no message is in flight, and shortly after the timeout in any case
     */
    public Uni<Void> stop(Duration timeout) {
        return Uni.createFrom().deferred(() -> {
            stopping = true;
            acknowledger.stop();
            return either(poller.stop().chain(this::emptied), timeout)
                    .invoke(this::breakOff)
                    .chain(() -> either(emptied(), LAST_CALLS));
        });
    }

    private void breakOff() {
        int receives = poller.breakOff();
        if (receives > 0) {
            LOG.atWarn()
                    .addKeyValue("queue", queue.name())
                    .addKeyValue("receives", receives)
                    .log("Receives under way are broken off; what they would have brought comes again after the queue's"
                            + " visibility timeout");
        }
        inFlight.all().forEach(InFlightMessage::nack);
    }

    private Uni<Void> emptied() {
        return Uni.createFrom().completionStage(inFlight.empty());
    }

    private Uni<Void> either(Uni<Void> end, Duration timeout) {
        return Uni.join().first(end, retry.pause(timeout)).toTerminate();
    }
}
