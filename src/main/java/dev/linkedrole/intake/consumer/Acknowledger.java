package dev.linkedrole.intake.consumer;

import dev.linkedrole.intake.consumer.InFlightMessage.Disposition;
import dev.linkedrole.intake.consumer.MessageQueue.VisibilityChange;
import dev.linkedrole.intake.consumer.RequestBatcher.Result;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
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
 * Settles the messages in flight: deletes, returns or rejects them, in batched calls, and extends their visibility
 * timeout until then.
 */
final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private static final int REJECT_ATTEMPTS = 3;
    private static final Backoff BETWEEN_REJECTIONS = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    private final MessageQueue queue;
    private final ReceiverLimits limits;
    private final Retry retry;
    private final InstantSource clock;
    private final ReceiverCounts counts;
    private final InFlightMessages inFlight;
    private final Consumer<List<InFlightMessage>> released;
    private final RequestBatcher<InFlightMessage> deletions;
    private final RequestBatcher<Change> changes;
    private final VisibilityExtender extender;
    private final InFlightMessage.Settlement settlement = new Settlements();

    private volatile boolean stopping;

    /** @param released called with messages that are no longer in flight */
    Acknowledger(
            MessageQueue queue,
            ReceiverLimits limits,
            Retry retry,
            InstantSource clock,
            ReceiverCounts counts,
            InFlightMessages inFlight,
            Consumer<List<InFlightMessage>> released) {
        this.queue = queue;
        this.limits = limits;
        this.retry = retry;
        this.clock = clock;
        this.counts = counts;
        this.inFlight = inFlight;
        this.released = released;
        this.deletions =
                new RequestBatcher<>("deleting messages", limits.linger(), retry, this::delete, this::deletionsEnded);
        this.changes = new RequestBatcher<>(
                "changing the visibility timeout of messages",
                limits.linger(),
                retry,
                this::change,
                this::changesEnded);
        this.extender = new VisibilityExtender(inFlight, retry, clock, this::extend);
    }

    /** Sets the visibility timeout of later extensions. Messages in flight are extended by the new timeout at once. */
    void keepFor(Duration timeout) {
        extender.every(timeout);
    }

    /**
     * Registers messages as in flight.
     *
     * @param fifo true if the messages of a group are to be settled in order
     * @param timeout the visibility timeout with which they were received
     */
    List<InFlightMessage> take(List<ReceivedMessage> received, boolean fifo, Duration timeout) {
        List<InFlightMessage> messages = messages(received, fifo);
        inFlight.add(messages);
        extender.wake(messages, timeout);
        return messages;
    }

    private List<InFlightMessage> messages(List<ReceivedMessage> received, boolean fifo) {
        Instant now = clock.instant();
        List<InFlightMessage> messages = new ArrayList<>(received.size());
        Map<String, MessageGroup> groups = new HashMap<>();
        for (ReceivedMessage one : received) {
            InFlightMessage message;
            if (fifo && one.groupId().isPresent()) {
                MessageGroup group = groups.computeIfAbsent(one.groupId().get(), id -> new MessageGroup());
                message = new InFlightMessage(one, now, new InOrder(group));
                group.add(message);
            } else {
                message = new InFlightMessage(one, now, settlement);
            }
            messages.add(message);
        }
        return messages;
    }

    /**
     * Prepares for shutdown: batches are sent without lingering, and messages that return to the queue are visible at
     * once.
     */
    void stop() {
        stopping = true;
        deletions.hurry();
        changes.hurry();
    }

    private Uni<List<MessageQueue.FailedEntry>> delete(List<InFlightMessage> messages) {
        return queue.delete(messages.stream().map(InFlightMessage::message).toList());
    }

    private void deletionsEnded(List<InFlightMessage> messages, Result result) {
        switch (result) {
            case DONE -> counts.deleted(messages.size());
            case LOST, GIVEN_UP -> logRemaining(messages);
        }
        release(messages);
    }

    private void logRemaining(List<InFlightMessage> messages) {
        LOG.atWarn()
                .addKeyValue("queue", queue.name())
                .addKeyValue(
                        "messages",
                        messages.stream().map(message -> message.message().id()).toList())
                .log("Handled messages could not be deleted; they are delivered again and change nothing");
    }

    private void release(List<InFlightMessage> messages) {
        inFlight.remove(messages);
        released.accept(messages);
    }

    private Uni<List<MessageQueue.FailedEntry>> change(List<Change> batch) {
        return queue.changeVisibility(batch.stream()
                .map(change -> new VisibilityChange(change.message().message(), change.seconds()))
                .toList());
    }

    private void changesEnded(List<Change> ended, Result result) {
        List<InFlightMessage> returned = new ArrayList<>();
        int extensions = 0;
        for (Change change : ended) {
            if (change.extension()) {
                extensions++;
                change.message().endExtension(extendedUntil(change, result));
            } else {
                returned.add(change.message());
            }
        }
        if (result == Result.DONE) {
            counts.extensions(extensions);
        }
        if (!returned.isEmpty()) {
            counts.returned(returned.size());
            release(returned);
        }
    }

    /**
     * Returns the time of a message's last extension. A message that another consumer has received is not extended
     * again; a failed extension is tried again at the next check.
     */
    private static Instant extendedUntil(Change change, Result result) {
        return switch (result) {
            case DONE -> change.at();
            case GIVEN_UP -> change.message().extended();
            case LOST -> Instant.MAX;
        };
    }

    private void extend(List<InFlightMessage> messages) {
        Instant now = clock.instant();
        int seconds = (int) extender.timeout().toSeconds();
        messages.forEach(message -> changes.add(new Change(message, seconds, true, now)));
        changes.flush();
    }

    private void returnToQueue(InFlightMessage message) {
        int seconds = stopping ? 0 : limits.backoffSeconds(message.message().receiveCount(), retry.chance());
        changes.add(new Change(message, seconds, false, clock.instant()));
    }

    private void act(InFlightMessage message, Disposition disposition) {
        switch (disposition) {
            case DELETED -> message.settle(() -> deletions.add(message));
            case RETURNED -> message.settle(() -> returnToQueue(message));
        }
    }

    private void reject(InFlightMessage message, RejectReason reason, InFlightMessage.Settlement then) {
        retry.upTo(REJECT_ATTEMPTS, BETWEEN_REJECTIONS, failure -> true, () -> queue.reject(message.message(), reason))
                .subscribe()
                .with(copied -> then.settle(message, Disposition.DELETED), failure -> {
                    FailureText.on(LOG.atWarn(), failure)
                            .addKeyValue("queue", queue.name())
                            .addKeyValue("message", message.message().id())
                            .log(
                                    "A message could not be sent to the dead-letter queue and is returned to its queue: {}",
                                    FailureText.of(failure));
                    then.settle(message, Disposition.RETURNED);
                });
    }

    /** Settles each message independently. */
    private final class Settlements implements InFlightMessage.Settlement {
        @Override
        public void settle(InFlightMessage message, Disposition disposition) {
            act(message, disposition);
        }

        @Override
        public void reject(InFlightMessage message, RejectReason reason) {
            Acknowledger.this.reject(message, reason, this);
        }
    }

    /** Settles the messages of a group in order. */
    private final class InOrder implements InFlightMessage.Settlement {
        private final MessageGroup group;

        InOrder(MessageGroup group) {
            this.group = group;
        }

        @Override
        public void settle(InFlightMessage message, Disposition disposition) {
            group.settle(message, disposition, Acknowledger.this::act);
        }

        @Override
        public void reject(InFlightMessage message, RejectReason reason) {
            Acknowledger.this.reject(message, reason, this);
        }
    }

    /**
     * A change of a message's visibility timeout.
     *
     * @param extension true to extend the timeout of a message in flight, false to return it to the queue
     * @param at the time of the request
     */
    private record Change(InFlightMessage message, int seconds, boolean extension, Instant at) {}
}
