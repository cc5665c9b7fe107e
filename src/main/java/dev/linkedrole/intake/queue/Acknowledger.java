package dev.linkedrole.intake.queue;

import dev.linkedrole.intake.queue.Gatherer.Result;
import dev.linkedrole.intake.queue.Hold.Fate;
import dev.linkedrole.intake.queue.MessageQueue.VisibilityChange;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Failures;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, puts back and refuses the messages in hand, with deletions and put-backs gathered into batches, and keeps them from coming again
 * until then.
 */
final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private static final int REFUSE_ATTEMPTS = 3;
    private static final Backoff BETWEEN_REFUSALS = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    private final MessageQueue queue;
    private final ReceiverLimits limits;
    private final Retry retry;
    private final InstantSource clock;
    private final ReceiverCounts counts;
    private final InHand inHand;
    private final Consumer<List<Hold>> released;
    private final Gatherer<Hold> deletions;
    private final Gatherer<Change> changes;
    private final Heartbeat heartbeat;
    private final Hold.Settlement settlement = new Settlements();

    private volatile boolean stopping;

    /** @param released told of messages that are not in hand any more */
    Acknowledger(
            MessageQueue queue,
            ReceiverLimits limits,
            Retry retry,
            InstantSource clock,
            ReceiverCounts counts,
            InHand inHand,
            Consumer<List<Hold>> released) {
        this.queue = queue;
        this.limits = limits;
        this.retry = retry;
        this.clock = clock;
        this.counts = counts;
        this.inHand = inHand;
        this.released = released;
        this.deletions =
                new Gatherer<>("deleting messages", limits.linger(), retry, this::delete, this::deletionsEnded);
        this.changes = new Gatherer<>(
                "changing when messages come again", limits.linger(), retry, this::change, this::changesEnded);
        this.heartbeat = new Heartbeat(inHand, retry, clock, this::extend);
    }

    /** From now on messages are kept away for so long each time. Those in hand were for another time, and are at once. */
    void keepFor(Duration timeout) {
        heartbeat.every(timeout);
    }

    /**
     * Takes messages in hand.
     *
     * @param fifo whether those of a group are to be settled in their order
     * @param timeout how long they stay away as they were received
     */
    List<Hold> take(List<ReceivedMessage> messages, boolean fifo, Duration timeout) {
        List<Hold> holds = holds(messages, fifo);
        inHand.add(holds);
        heartbeat.wake(holds, timeout);
        return holds;
    }

    private List<Hold> holds(List<ReceivedMessage> messages, boolean fifo) {
        Instant now = clock.instant();
        List<Hold> holds = new ArrayList<>(messages.size());
        Map<String, Group> groups = new HashMap<>();
        for (ReceivedMessage message : messages) {
            Hold hold;
            if (fifo && message.groupId().isPresent()) {
                Group group = groups.computeIfAbsent(message.groupId().get(), id -> new Group());
                hold = new Hold(message, now, new InOrder(group));
                group.add(hold);
            } else {
                hold = new Hold(message, now, settlement);
            }
            holds.add(hold);
        }
        return holds;
    }

    /** From now on nothing waits for company, and what is put back is there for others at once. */
    void stop() {
        stopping = true;
        deletions.hurry();
        changes.hurry();
    }

    private Uni<List<MessageQueue.FailedEntry>> delete(List<Hold> holds) {
        return queue.delete(holds.stream().map(Hold::message).toList());
    }

    private void deletionsEnded(List<Hold> holds, Result result) {
        switch (result) {
            case DONE -> counts.deleted(holds.size());
            case LOST, GIVEN_UP -> tellOfRemaining(holds);
        }
        release(holds);
    }

    private void tellOfRemaining(List<Hold> holds) {
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .addKeyValue(
                        "messages",
                        holds.stream().map(hold -> hold.message().id()).toList())
                .log("Messages that are done could not be deleted; they will come again and change nothing");
    }

    private void release(List<Hold> holds) {
        inHand.remove(holds);
        released.accept(holds);
    }

    private Uni<List<MessageQueue.FailedEntry>> change(List<Change> batch) {
        return queue.changeVisibility(batch.stream()
                .map(change -> new VisibilityChange(change.hold().message(), change.seconds()))
                .toList());
    }

    private void changesEnded(List<Change> ended, Result result) {
        List<Hold> putBack = new ArrayList<>();
        int beats = 0;
        for (Change change : ended) {
            if (change.heartbeat()) {
                beats++;
                change.hold().beaten(extendedUntil(change, result));
            } else {
                putBack.add(change.hold());
            }
        }
        if (result == Result.DONE) {
            counts.heartbeats(beats);
        }
        if (!putBack.isEmpty()) {
            counts.putBack(putBack.size());
            release(putBack);
        }
    }

    /** What is lost to somebody else cannot be held on to any more; what failed is tried again at the next look. */
    private static Instant extendedUntil(Change change, Result result) {
        return switch (result) {
            case DONE -> change.at();
            case GIVEN_UP -> change.hold().extended();
            case LOST -> Instant.MAX;
        };
    }

    private void extend(List<Hold> holds) {
        Instant now = clock.instant();
        int seconds = (int) heartbeat.timeout().toSeconds();
        holds.forEach(hold -> changes.add(new Change(hold, seconds, true, now)));
        changes.flush();
    }

    private void putBack(Hold hold) {
        int seconds = stopping ? 0 : limits.putBackSeconds(hold.message().receiveCount(), retry.chance());
        changes.add(new Change(hold, seconds, false, clock.instant()));
    }

    private void act(Hold hold, Fate fate) {
        switch (fate) {
            case DELETED -> hold.settle(() -> deletions.add(hold));
            case PUT_BACK -> hold.settle(() -> putBack(hold));
        }
    }

    private void refuse(Hold hold, RejectReason reason, Hold.Settlement then) {
        retry.upTo(REFUSE_ATTEMPTS, BETWEEN_REFUSALS, failure -> true, () -> queue.refuse(hold.message(), reason))
                .subscribe()
                .with(copied -> then.settle(hold, Fate.DELETED), failure -> {
                    Failures.on(LOG.atWarn(), failure)
                            .addKeyValue("queue", queue.name())
                            .addKeyValue("message", hold.message().id())
                            .log(
                                    "A message could not be put into the dead-letter queue and is put back to come again: {}",
                                    Failures.of(failure));
                    then.settle(hold, Fate.PUT_BACK);
                });
    }

    /** What becomes of messages of which each is for itself. */
    private final class Settlements implements Hold.Settlement {
        @Override
        public void settle(Hold hold, Fate fate) {
            act(hold, fate);
        }

        @Override
        public void refuse(Hold hold, RejectReason reason) {
            Acknowledger.this.refuse(hold, reason, this);
        }
    }

    /** What becomes of messages of a group. */
    private final class InOrder implements Hold.Settlement {
        private final Group group;

        InOrder(Group group) {
            this.group = group;
        }

        @Override
        public void settle(Hold hold, Fate fate) {
            group.settle(hold, fate, Acknowledger.this::act);
        }

        @Override
        public void refuse(Hold hold, RejectReason reason) {
            Acknowledger.this.refuse(hold, reason, this);
        }
    }

    /**
     * A change of when a message comes again.
     *
     * @param heartbeat whether it is held on to; else it is put back
     * @param at when that was asked for
     */
    private record Change(Hold hold, int seconds, boolean heartbeat, Instant at) {}
}
