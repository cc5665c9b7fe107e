package dev.linkedrole.intake.consumer;

import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Selects periodically the messages in flight whose visibility timeout has to be extended. */
final class VisibilityExtender {

    /** A message is extended once a third of its time is over, so that two more attempts fit in. */
    private static final int THIRD = 3;

    private static final int LOOKS = 6;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InFlightMessages inFlight;
    private final Retry retry;
    private final InstantSource clock;
    private final Consumer<List<InFlightMessage>> extend;

    private Duration timeout = Duration.ZERO;
    private boolean running;
    private int round;

    VisibilityExtender(
            InFlightMessages inFlight, Retry retry, InstantSource clock, Consumer<List<InFlightMessage>> extend) {
        this.inFlight = inFlight;
        this.retry = retry;
        this.clock = clock;
        this.extend = extend;
    }

    /**
     * Sets the visibility timeout of later extensions. Messages in flight are extended by the new timeout at once.
     *
     * @param visibilityTimeout the queue's visibility timeout; if zero, nothing is extended
     */
    void every(Duration visibilityTimeout) {
        int mine;
        synchronized (this) {
            if (timeout.equals(visibilityTimeout)) {
                return;
            }
            timeout = visibilityTimeout;
            mine = ++round;
            running = !visibilityTimeout.isZero() && inFlight.count() > 0;
            if (!running) {
                return;
            }
        }
        extend(inFlight.all(), Instant.MAX);
        wait(mine, visibilityTimeout);
    }

    synchronized Duration timeout() {
        return timeout;
    }

    /**
     * Starts the periodic check for messages that are in flight now.
     *
     * @param hiddenFor the visibility timeout with which they were received, which may be that before a change
     */
    void wake(List<InFlightMessage> taken, Duration hiddenFor) {
        Duration now;
        int mine;
        boolean first;
        synchronized (this) {
            now = timeout;
            if (now.isZero()) {
                return;
            }
            mine = round;
            first = !running;
            running = true;
        }
        if (!hiddenFor.equals(now)) {
            extend(taken, Instant.MAX);
        }
        if (first) {
            wait(mine, now);
        }
    }

    private void wait(int mine, Duration visibilityTimeout) {
        Duration sixth = visibilityTimeout.dividedBy(LOOKS);
        Duration pause = sixth.compareTo(SHORTEST) < 0 ? SHORTEST : sixth.compareTo(LONGEST) > 0 ? LONGEST : sixth;
        retry.pause(pause).subscribe().with(ignored -> look(mine));
    }

    private void look(int mine) {
        Duration visibilityTimeout;
        synchronized (this) {
            if (mine != round) {
                // The timeout has changed, and a newer check has started.
                return;
            }
            running = inFlight.count() > 0;
            if (!running) {
                return;
            }
            visibilityTimeout = timeout;
        }
        extend(inFlight.all(), clock.instant().minus(visibilityTimeout.dividedBy(THIRD)));
        wait(mine, visibilityTimeout);
    }

    /** Extends the messages that were last extended before a time. */
    private void extend(List<InFlightMessage> messages, Instant before) {
        List<InFlightMessage> due = messages.stream()
                .filter(message -> message.beginExtension(before))
                .toList();
        if (!due.isEmpty()) {
            extend.accept(due);
        }
    }
}
