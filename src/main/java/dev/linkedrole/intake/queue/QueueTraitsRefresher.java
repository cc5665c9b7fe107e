package dev.linkedrole.intake.queue;

import dev.linkedrole.intake.queue.MessageQueue.Traits;
import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads again from time to time what a queue is like, since an operator may change it at any time. */
final class QueueTraitsRefresher {

    /** Is told what a queue is like. */
    @FunctionalInterface
    interface Change {
        /** Tells what it is like now. */
        void of(Traits traits);
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueueTraitsRefresher.class);

    /** So many failures in a row are more than a hiccup. */
    private static final int TROUBLE = 3;

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

    /** @param known what it is like now */
    void begin(Traits known) {
        traits = known;
        change.of(known);
        again();
    }

    void stop() {
        stopping = true;
    }

    /** Why it is not known any more what the queue is like; empty while it is. */
    synchronized Optional<String> trouble() {
        return failures >= TROUBLE ? Optional.ofNullable(lastFailure) : Optional.empty();
    }

    /** After half of the time to one and a half of it, so that replicas and queues come apart. */
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
                    .log("The queue was changed");
            traits = now;
            change.of(now);
        }
        again();
    }

    private void failed(Throwable failure) {
        synchronized (this) {
            failures++;
            lastFailure = String.valueOf(failure.getMessage());
        }
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .log("What the queue is like could not be read again, which is tried later: {}", failure.getMessage());
        again();
    }
}
