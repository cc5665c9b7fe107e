package dev.linkedrole.intake.consumer;

import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Model of a queue with the semantics of SQS and configurable failures. A receive is answered after a delay, as over a
 * network; an aborted one is served all the same, as most servers do.
 */
public final class ModelQueue implements MessageQueue {

    static final Duration ROUND_TRIP = Duration.ofMillis(10);
    static final Duration LONG_POLL = Duration.ofSeconds(20);

    /** Injected failure by message id, true if permanent; empty for success. */
    Function<String, Optional<Boolean>> entryFails = id -> Optional.empty();

    Supplier<Optional<RuntimeException>> receiveFails = Optional::empty;
    Supplier<Optional<RuntimeException>> openFails = Optional::empty;
    Supplier<Optional<RuntimeException>> batchFails = Optional::empty;
    boolean rejectFails;

    final List<List<String>> deletes = new ArrayList<>();
    final List<Map<String, Integer>> changes = new ArrayList<>();
    final Map<String, RejectReason> rejected = new LinkedHashMap<>();
    int opens;
    int received;
    int receives;
    int waiting;
    int mostWaiting;
    int brokenOff;

    private final ManualTime time;
    private Traits traits;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ModelQueue(ManualTime time, Traits traits) {
        this.time = time;
        this.traits = traits;
    }

    /** Changes the queue's traits, as an operator may. */
    void becomes(Traits other) {
        traits = other;
    }

    public void send(String id) {
        entries.put(id, new Entry(id, Optional.empty()));
    }

    public void send(String id, String group) {
        entries.put(id, new Entry(id, Optional.of(group)));
    }

    int left() {
        return entries.size();
    }

    /** True if the message is visible. */
    boolean isVisible(String id) {
        return entries.containsKey(id) && visible(entries.get(id));
    }

    int mostTimesReceived() {
        return entries.values().stream().mapToInt(entry -> entry.count).max().orElse(0);
    }

    int timesReceived(String id) {
        return entries.containsKey(id) ? entries.get(id).count : 0;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Uni<Traits> open() {
        return Uni.createFrom().item(() -> {
            opens++;
            openFails.get().ifPresent(ModelQueue::fail);
            return traits;
        });
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    @Override
    public Uni<List<ReceivedMessage>> receive(int most, Duration timeout) {
        return Uni.createFrom().emitter(emitter -> {
            receives++;
            waiting++;
            mostWaiting = Math.max(mostWaiting, waiting);
            Poll poll = new Poll(
                    most,
                    timeout.isZero() ? traits.visibilityTimeout() : timeout,
                    time.instant().plus(LONG_POLL),
                    emitter);
            emitter.onTermination(() -> {
                if (!poll.over) {
                    poll.over = true;
                    waiting--;
                    brokenOff++;
                }
            });
            look(poll);
        });
    }

    private void look(Poll poll) {
        time.later(ROUND_TRIP, () -> {
            Optional<RuntimeException> failure = receiveFails.get();
            List<ReceivedMessage> given = failure.isPresent() ? List.of() : take(poll.most, poll.timeout);
            if (failure.isEmpty() && given.isEmpty() && time.instant().isBefore(poll.until)) {
                look(poll);
                return;
            }
            if (poll.over) {
                return;
            }
            poll.over = true;
            waiting--;
            failure.ifPresentOrElse(poll.emitter::fail, () -> poll.emitter.complete(given));
        });
    }

    private List<ReceivedMessage> take(int most, Duration timeout) {
        List<ReceivedMessage> given = new ArrayList<>();
        Map<String, Boolean> blocked = new HashMap<>();
        entries.values().stream()
                .filter(entry -> !visible(entry))
                .forEach(entry -> entry.group.ifPresent(group -> blocked.put(group, true)));
        for (Entry entry : entries.values()) {
            if (given.size() < most
                    && visible(entry)
                    && entry.group.filter(blocked::containsKey).isEmpty()) {
                entry.count++;
                received++;
                entry.visibleAt = time.instant().plus(timeout);
                given.add(new ReceivedMessage(
                        entry.id,
                        entry.id + "/" + entry.count,
                        "body of " + entry.id,
                        entry.count,
                        entry.group,
                        Optional.empty(),
                        Map.of()));
            }
        }
        return given;
    }

    private boolean visible(Entry entry) {
        return !entry.visibleAt.isAfter(time.instant());
    }

    @Override
    public Uni<List<FailedEntry>> delete(List<ReceivedMessage> messages) {
        return Uni.createFrom().item(() -> {
            deletes.add(messages.stream().map(ReceivedMessage::id).toList());
            return each(messages, (message, index) -> entries.remove(message.id()));
        });
    }

    @Override
    public Uni<List<FailedEntry>> changeVisibility(List<VisibilityChange> all) {
        return Uni.createFrom().item(() -> {
            Map<String, Integer> seconds = new LinkedHashMap<>();
            all.forEach(change -> seconds.put(change.message().id(), change.seconds()));
            changes.add(seconds);
            return each(
                    all.stream().map(VisibilityChange::message).toList(),
                    (message, index) -> Optional.ofNullable(entries.get(message.id()))
                            .ifPresent(entry -> entry.visibleAt =
                                    time.instant().plusSeconds(all.get(index).seconds())));
        });
    }

    private List<FailedEntry> each(List<ReceivedMessage> messages, ObjIntConsumer<ReceivedMessage> act) {
        batchFails.get().ifPresent(ModelQueue::fail);
        List<FailedEntry> failed = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            int index = i;
            entryFails
                    .apply(messages.get(i).id())
                    .ifPresentOrElse(
                            forGood -> failed.add(new FailedEntry(index, "told to fail", forGood)),
                            () -> act.accept(messages.get(index), index));
        }
        return failed;
    }

    @Override
    public Uni<Void> reject(ReceivedMessage message, RejectReason reason) {
        return Uni.createFrom().item(() -> {
            if (rejectFails) {
                throw new IllegalStateException("no dead-letter queue");
            }
            rejected.put(message.id(), reason);
            return null;
        });
    }

    /** A receive call that is being served. */
    private static final class Poll {
        private final int most;
        private final Duration timeout;
        private final Instant until;
        private final UniEmitter<? super List<ReceivedMessage>> emitter;
        private boolean over;

        Poll(int most, Duration timeout, Instant until, UniEmitter<? super List<ReceivedMessage>> emitter) {
            this.most = most;
            this.timeout = timeout;
            this.until = until;
            this.emitter = emitter;
        }
    }

    private static final class Entry {
        private final String id;
        private final Optional<String> group;
        private Instant visibleAt = Instant.MIN;
        private int count;

        Entry(String id, Optional<String> group) {
            this.id = id;
            this.group = group;
        }
    }
}
