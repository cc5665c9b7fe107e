package dev.linkedrole.intake.queue;

import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Finds out from time to time which messages in flight have to be kept from coming again, for as long as there are any. */
final class VisibilityExtender {

    /** A message is extended once a third of its time is over, so that two more attempts fit in. */
    private static final int THIRD = 3;

    private static final int LOOKS = 6;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InFlightMessages inHand;
    private final Retry retry;
    private final InstantSource clock;
    private final Consumer<List<InFlightMessage>> extend;

    private Duration timeout = Duration.ZERO;
    private boolean running;
    private int round;

    VisibilityExtender(
            InFlightMessages inHand, Retry retry, InstantSource clock, Consumer<List<InFlightMessage>> extend) {
        this.inHand = inHand;
        this.retry = retry;
        this.clock = clock;
        this.extend = extend;
    }

    /**
     * From now on messages are kept away for so long each time. Those in flight were kept for another time, and are extended at once.
     *
     * @param visibilityTimeout how long messages of the queue stay away; none are kept if they do not
     */
    void every(Duration visibilityTimeout) {
        int mine;
        synchronized (this) {
            if (timeout.equals(visibilityTimeout)) {
                return;
            }
            timeout = visibilityTimeout;
            mine = ++round;
            running = !visibilityTimeout.isZero() && inHand.count() > 0;
            if (!running) {
                return;
            }
        }
        extend(inHand.all(), Instant.MAX);
        wait(mine, visibilityTimeout);
    }

    synchronized Duration timeout() {
        return timeout;
    }

    /**
     * Messages are in flight.
     *
     * @param hiddenFor how long they stay away as they were received, which may be what held before a change
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
                // The timeout has changed, and others look now.
                return;
            }
            running = inHand.count() > 0;
            if (!running) {
                return;
            }
            visibilityTimeout = timeout;
        }
        extend(inHand.all(), clock.instant().minus(visibilityTimeout.dividedBy(THIRD)));
        wait(mine, visibilityTimeout);
    }

    /** Those that were last extended before then. */
    private void extend(List<InFlightMessage> holds, Instant before) {
        List<InFlightMessage> due =
                holds.stream().filter(hold -> hold.beat(before)).toList();
        if (!due.isEmpty()) {
            extend.accept(due);
        }
    }
}
