package dev.linkedrole.outcome;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxBacklog;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.retry.FailureText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outbox relay: publishes outcomes from the outbox to the target. The outcomes of one instance are published one after
 * the other, oldest first, and each is deleted once it is published. A replica that works at the same time may publish
 * an outcome twice, but never before an earlier one.
 *
 * <p>Outcomes that this process adds are published at once. Remaining ones, after a failure of the target or of a
 * process, are found by the next {@link #sweep}.
 */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private static final int LANES_AT_ONCE = 32;
    private static final int MAX_QUEUED_LANES = 1_000;

    /** Maximum number of lanes that a sweep drains concurrently. */
    private static final int SWEEP_CONCURRENCY = 8;

    private static final int PAGE = 10;

    /** Minimum age of outcomes that a sweep publishes; younger ones are published by the replica that added them. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final PublishBatches batches;
    private final CloudEventWriter events;
    private final RelayHealth progress;
    private final InstantSource clock;
    private final KeyedConcurrencyLimiter limiter = new KeyedConcurrencyLimiter(LANES_AT_ONCE, MAX_QUEUED_LANES);
    private final AtomicBoolean stopped = new AtomicBoolean();

    Relay(Outbox outbox, PublishBatches batches, CloudEventWriter events, RelayHealth progress, InstantSource clock) {
        this.outbox = outbox;
        this.batches = batches;
        this.events = events;
        this.progress = progress;
        this.clock = clock;
    }

    /** Publishes the outcomes of a lane, now or soon; while the target fails, the next sweep does. */
    void wake(String lane) {
        if (!stopped.get() && !progress.targetFails() && limiter.begin(lane)) {
            run(lane);
        }
    }

    private void run(String lane) {
        empty(lane, 0).subscribe().with(published -> next(lane), failure -> {
            failed(lane, failure);
            next(lane);
        });
    }

    private void next(String lane) {
        if (stopped.get() || progress.targetFails()) {
            limiter.forgetQueued();
        }
        limiter.end(lane).ifPresent(this::run);
    }

    /**
     * Publishes overdue outcomes, until none is left or the target fails.
     *
     * @return the number of published outcomes
     */
    Uni<Long> sweep() {
        if (stopped.get()) {
            return Uni.createFrom().item(0L);
        }
        progress.tryAgain();
        // Failures while stopping are ignored; another replica or the next start publishes these outcomes.
        return sweep(0).onFailure(failure -> stopped.get()).recoverWithItem(0L);
    }

    private Uni<Long> sweep(long before) {
        return outbox.backlog(RecentWindow.around(clock.instant(), GRACE))
                .invoke(progress::pending)
                .flatMap(backlog -> sweep(backlog)
                        .flatMap(published -> backlog.complete() || published == 0
                                ? Uni.createFrom().item(before + published)
                                : sweep(before + published)));
    }

    private Uni<Long> sweep(OutboxBacklog backlog) {
        List<String> lanes = new ArrayList<>(backlog.lanes());
        // In another order each time: a lane that cannot be emptied must not block the others for ever.
        Collections.shuffle(lanes);
        return Multi.createFrom()
                .iterable(lanes)
                .onItem()
                .transformToUni(this::drain)
                .merge(SWEEP_CONCURRENCY)
                .collect()
                .in(() -> new long[1], (sum, published) -> sum[0] += published)
                .map(sum -> sum[0]);
    }

    private Uni<Long> drain(String lane) {
        return Uni.createFrom().deferred(() -> {
            if (stopped.get() || progress.targetFails() || !limiter.begin(lane)) {
                return Uni.createFrom().item(0L);
            }
            return empty(lane, 0)
                    .onFailure()
                    .invoke(failure -> failed(lane, failure))
                    .onFailure()
                    .recoverWithItem(0L)
                    .onTermination()
                    .invoke(() -> next(lane));
        });
    }

    private Uni<Long> empty(String lane, long before) {
        return outbox.oldest(lane, PAGE)
                .flatMap(page -> publish(page)
                        .flatMap(published -> page.size() < PAGE
                                ? Uni.createFrom().item(before + published)
                                : empty(lane, before + published)));
    }

    private Uni<Long> publish(List<PendingOutcome> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::publish)
                .collect()
                .asList()
                .map(done -> (long) page.size());
    }

    private Uni<PendingOutcome> publish(PendingOutcome pending) {
        return batches.publish(events.of(pending))
                .invoke(() -> progress.published(pending.outcome()))
                .chain(() -> outbox.remove(pending))
                .replaceWith(pending);
    }

    private void failed(String lane, Throwable failure) {
        progress.failed(failure);
        FailureText.on(LOG.atWarn().addKeyValue("instance", lane), failure)
                .log(
                        "An outcome could not be published; it stays in the outbox and is tried again: {}",
                        FailureText.of(failure));
    }

    /**
     * Starts no more calls, and waits for those in flight.
     *
     * @return true if they ended within the timeout
     */
    boolean stop(Duration timeout) throws InterruptedException {
        stopped.set(true);
        limiter.forgetQueued();
        return limiter.awaitIdle(timeout);
    }
}
