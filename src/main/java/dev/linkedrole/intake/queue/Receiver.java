package dev.linkedrole.intake.queue;

import dev.linkedrole.intake.queue.Gatherer.Result;
import dev.linkedrole.intake.queue.Hold.Fate;
import dev.linkedrole.intake.queue.MessageQueue.VisibilityChange;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a queue: several receives under way, what they bring handed to a {@link BatchHandler}, deletions and put-backs gathered into
 * batches, and messages that take long kept from coming again. It lives through any failure of the queue, and stops when it is told to.
 */
public final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** So many failures in a row with nothing good in between are more than a hiccup. */
    private static final int TROUBLE = 3;

    private static final int REFUSE_ATTEMPTS = 3;
    private static final Backoff BETWEEN_REFUSALS = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    /** Receives that are being answered at the moment of stopping may still be; what waits for messages is broken off after that. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(200);

    /** For the last deletions and put-backs. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(3);

    private final MessageQueue queue;
    private final BatchHandler handler;
    private final ReceiverLimits limits;
    private final Retry retry;
    private final InstantSource clock;
    private final ReceiverCounts counts;

    private final InHand inHand = new InHand();
    private final Polls polls;
    private final Set<Poll> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pumping = new AtomicInteger();
    private final Gatherer<Hold> deletions;
    private final Gatherer<Change> changes;
    private final Heartbeat heartbeat;
    private final Hold.Settlement settlement = new Settlements();

    private volatile boolean fifo;
    private volatile boolean stopping;

    private int failures;
    private boolean resting;
    private boolean found;
    private String lastFailure = "the queue was not found yet";

    public Receiver(
            MessageQueue queue,
            BatchHandler handler,
            ReceiverLimits limits,
            Retry retry,
            InstantSource clock,
            ReceiverCounts counts) {
        this.queue = queue;
        this.handler = handler;
        this.limits = limits;
        this.retry = retry;
        this.clock = clock;
        this.counts = counts;
        this.polls = new Polls(limits);
        this.deletions =
                new Gatherer<>("deleting messages", limits.linger(), retry, this::delete, this::deletionsEnded);
        this.changes = new Gatherer<>(
                "changing when messages come again", limits.linger(), retry, this::change, this::changesEnded);
        this.heartbeat = new Heartbeat(inHand, retry, clock, this::extend);
    }

    /** Begins to receive, once the queue is found. To be called once. */
    public void start() {
        queue.open().subscribe().with(this::opened, failure -> failed(failure, this::start));
    }

    private void opened(MessageQueue.Traits traits) {
        fifo = traits.fifo();
        heartbeat.every(traits.visibilityTimeout());
        succeeded();
        if (!stopping) {
            polls.goOn();
            pump();
        }
    }

    /** Messages in hand now. */
    public int inHand() {
        return inHand.count();
    }

    /** How long the oldest message in hand has been there; nothing if there is none. */
    public Duration oldest() {
        return inHand.oldest()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Why nothing is received; empty while it is. */
    public synchronized Optional<String> trouble() {
        return !found || failures >= TROUBLE ? Optional.of(queue.name() + ": " + lastFailure) : Optional.empty();
    }

    /** Begins all receives that may begin now. Who comes while somebody is at it has him look again. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (int ask = polls.take(); ask > 0; ask = polls.take()) {
                receive(ask);
            }
            seen = pumping.addAndGet(-seen);
        } while (seen != 0);
    }

    private void receive(int ask) {
        Poll poll = new Poll();
        underWay.add(poll);
        poll.call = queue.receive(ask)
                .subscribe()
                .with(
                        messages -> {
                            underWay.remove(poll);
                            received(ask, messages);
                        },
                        failure -> {
                            underWay.remove(poll);
                            receiveFailed(ask, failure);
                        });
    }

    private void received(int asked, List<ReceivedMessage> messages) {
        polls.answered(asked, messages.size(), size(messages));
        succeeded();
        // The next receive is under way while these are handled.
        pump();
        if (!messages.isEmpty()) {
            counts.received(messages.size());
            hand(holds(messages));
        }
    }

    private List<Hold> holds(List<ReceivedMessage> messages) {
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

    private void hand(List<Hold> holds) {
        inHand.add(holds);
        heartbeat.wake();
        if (stopping) {
            holds.forEach(Hold::putBack);
            return;
        }
        try {
            handler.handle(List.copyOf(holds));
        } catch (RuntimeException failure) {
            LOG.atError()
                    .addKeyValue("queue", queue.name())
                    .setCause(failure)
                    .log("The handling of messages failed; those that are not done are put back");
            holds.forEach(Hold::putBack);
        }
    }

    private void receiveFailed(int asked, Throwable failure) {
        polls.failed(asked);
        counts.receiveFailed();
        failed(failure, () -> {
            if (!stopping) {
                polls.goOn();
                pump();
            }
        });
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
            lastFailure = String.valueOf(failure.getMessage());
        }
        Duration pause = AFTER_FAILURE.pause(attempt, retry.chance());
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .addKeyValue("pauseMillis", pause.toMillis())
                .log("Failed at receiving, which is tried again: {}", failure.getMessage());
        retry.pause(pause).subscribe().with(ignored -> {
            synchronized (this) {
                resting = false;
            }
            again.run();
        });
    }

    private synchronized void succeeded() {
        found = true;
        failures = 0;
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
        polls.release(holds.size(), size(holds.stream().map(Hold::message).toList()));
        pump();
    }

    private static long size(List<ReceivedMessage> messages) {
        long size = 0;
        for (ReceivedMessage message : messages) {
            size += message.body().length();
        }
        return size;
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

    private void refuse(Hold hold, Refusal refusal, Hold.Settlement then) {
        retry.upTo(REFUSE_ATTEMPTS, BETWEEN_REFUSALS, failure -> true, () -> queue.refuse(hold.message(), refusal))
                .subscribe()
                .with(copied -> then.settle(hold, Fate.DELETED), failure -> {
                    LOG.atWarn()
                            .addKeyValue("message", hold.message().id())
                            .setCause(failure)
                            .log("A message could not be put into the dead-letter queue and is put back to come again");
                    then.settle(hold, Fate.PUT_BACK);
                });
    }

    /**
     * Receives nothing more, lets what is in hand be finished, and puts back what is not.
     *
     * @param patience how long what is in hand may take
     * @return ends when nothing is in hand, and a little later than {@code patience} in any case
     */
    public Uni<Void> stop(Duration patience) {
        return Uni.createFrom().deferred(() -> {
            stopping = true;
            polls.halt();
            deletions.hurry();
            changes.hurry();
            return either(answersAreIn(), LAST_ANSWERS)
                    .invoke(() -> underWay.forEach(Poll::breakOff))
                    .chain(() -> emptyOr(patience))
                    .invoke(() -> inHand.all().forEach(Hold::putBack))
                    .chain(() -> emptyOr(LAST_CALLS));
        });
    }

    private Uni<Void> answersAreIn() {
        return underWay.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().nothing();
    }

    private Uni<Void> emptyOr(Duration patience) {
        return either(Uni.createFrom().completionStage(inHand.empty()), patience);
    }

    private Uni<Void> either(Uni<Void> end, Duration patience) {
        return Uni.join().first(end, retry.pause(patience)).toTerminate();
    }

    /** What becomes of messages of which each is for itself. */
    private final class Settlements implements Hold.Settlement {
        @Override
        public void settle(Hold hold, Fate fate) {
            act(hold, fate);
        }

        @Override
        public void refuse(Hold hold, Refusal refusal) {
            Receiver.this.refuse(hold, refusal, this);
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
            group.settle(hold, fate, Receiver.this::act);
        }

        @Override
        public void refuse(Hold hold, Refusal refusal) {
            Receiver.this.refuse(hold, refusal, this);
        }
    }

    /**
     * A change of when a message comes again.
     *
     * @param heartbeat whether it is held on to; else it is put back
     * @param at when that was asked for
     */
    private record Change(Hold hold, int seconds, boolean heartbeat, Instant at) {}

    /** A receive under way. */
    private static final class Poll {
        private volatile Cancellable call = () -> {};

        void breakOff() {
            call.cancel();
        }
    }
}
