package dev.linkedrole.intake.consumer;

import dev.linkedrole.intake.consumer.MessageQueue.Traits;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes the traits of a queue periodically, since an operator may change them at any time. */
final class QueueTraitsRefresher {

    /** Listener for a queue's traits. */
    @FunctionalInterface
    interface Change {
        /** Called with the present traits. */
        void of(Traits traits);
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueueTraitsRefresher.class);

    /** Consecutive failures after which the traits count as unknown. */
    private static final int FAILURE_THRESHOLD = 3;

    private final MessageQueue queue;
    private final Duration every;
    private final Retry retry;
    private final Change change;

    private volatile boolean stopping;
    private volatile Traits traits = new Traits(false, Duration.ZERO);
    private int failures;
    private @Nullable String lastFailure;

    QueueTraitsRefresher(MessageQueue queue, Duration every, Retry retry, Change change) {
        this.queue = queue;
        this.every = every;
        this.retry = retry;
        this.change = change;
    }

    Traits traits() {
        return traits;
    }

    /** @param known the present traits */
    void begin(Traits known) {
        traits = known;
        change.of(known);
        again();
    }

    void stop() {
        stopping = true;
    }

    /** Reason why the traits are no longer known; empty while they are. */
    synchronized Optional<String> trouble() {
        return failures >= FAILURE_THRESHOLD ? Optional.ofNullable(lastFailure) : Optional.empty();
    }

    /** Schedules the next refresh after 0.5 to 1.5 times the interval, so that replicas and queues spread out. */
    private void again() {
        if (!stopping) {
            long millis = (long) (every.toMillis() * (0.5 + retry.chance()));
            retry.pause(Duration.ofMillis(Math.max(1, millis))).subscribe().with(ignored -> look());
        }
    }

    private void look() {
        if (!stopping) {
            queue.open().subscribe().with(this::seen, this::failed);
        }
    }

    private void seen(Traits now) {
        synchronized (this) {
            failures = 0;
        }
        Traits before = traits;
        if (!now.equals(before)) {
            LOG.atInfo()
                    .addKeyValue("queue", queue.name())
                    .addKeyValue("visibilityTimeout", now.visibilityTimeout())
                    .log("The traits of the queue have changed");
            traits = now;
            change.of(now);
        }
        again();
    }

    private void failed(Throwable failure) {
        synchronized (this) {
            failures++;
            lastFailure = FailureText.of(failure);
        }
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .log("The traits of the queue could not be read; the read is tried again: {}", FailureText.of(failure));
        again();
    }
}
