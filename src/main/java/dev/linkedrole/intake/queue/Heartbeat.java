package dev.linkedrole.intake.queue;

import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Finds out from time to time which messages in hand have to be kept from coming again, for as long as there are any. */
final class Heartbeat {

    /** A message is extended once a third of its time is over, so that two more attempts fit in. */
    private static final int THIRD = 3;

    private static final int LOOKS = 6;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InHand inHand;
    private final Retry retry;
    private final InstantSource clock;
    private final Consumer<List<Hold>> extend;

    private Duration timeout = Duration.ZERO;
    private boolean running;

    Heartbeat(InHand inHand, Retry retry, InstantSource clock, Consumer<List<Hold>> extend) {
        this.inHand = inHand;
        this.retry = retry;
        this.clock = clock;
        this.extend = extend;
    }

    /** @param visibilityTimeout how long messages of the queue stay away; none are kept if they do not */
    synchronized void every(Duration visibilityTimeout) {
        timeout = visibilityTimeout;
    }

    synchronized Duration timeout() {
        return timeout;
    }

    /** Something is in hand. */
    void wake() {
        synchronized (this) {
            if (running || timeout.isZero()) {
                return;
            }
            running = true;
        }
        wait(timeout());
    }

    private void wait(Duration visibilityTimeout) {
        Duration sixth = visibilityTimeout.dividedBy(LOOKS);
        Duration pause = sixth.compareTo(SHORTEST) < 0 ? SHORTEST : sixth.compareTo(LONGEST) > 0 ? LONGEST : sixth;
        retry.pause(pause).subscribe().with(ignored -> look());
    }

    private void look() {
        Duration visibilityTimeout;
        synchronized (this) {
            running = inHand.count() > 0;
            if (!running) {
                return;
            }
            visibilityTimeout = timeout;
        }
        Instant before = clock.instant().minus(visibilityTimeout.dividedBy(THIRD));
        List<Hold> due = inHand.all().stream().filter(hold -> hold.beat(before)).toList();
        if (!due.isEmpty()) {
            extend.accept(due);
        }
        wait(visibilityTimeout);
    }
}
