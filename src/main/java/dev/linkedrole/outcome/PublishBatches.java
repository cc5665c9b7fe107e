package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Batches events that callers publish one by one: events that arrive while all calls are busy are sent together in the
 * next call. So a single event does not wait, and many events cost few calls.
 */
final class PublishBatches {

    /** Maximum number of concurrent calls. */
    private static final int MAX_CALLS = 4;

    private final OutcomePublisher publisher;
    private final Queue<Entry> queue = new ArrayDeque<>();
    private int calls;

    PublishBatches(OutcomePublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Publishes an event. No two events of a group may be in flight at once.
     *
     * @return fails with {@link NotPublishedException}, or as the call to the target did
     */
    Uni<Void> publish(CloudEvent event) {
        return Uni.createFrom().emitter(emitter -> {
            enqueue(new Entry(event, emitter));
            goOn();
        });
    }

    private synchronized void enqueue(Entry entry) {
        queue.add(entry);
    }

    private void goOn() {
        for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
    }

    /** Takes the next batch, if one may be sent now. */
    private synchronized List<Entry> next() {
        List<Entry> batch = new ArrayList<>();
        if (calls < MAX_CALLS) {
            int bytes = 0;
            for (Entry entry = queue.peek(); entry != null && fits(batch, bytes, entry); entry = queue.peek()) {
                batch.add(queue.remove());
                bytes += entry.event().bytes();
            }
            calls += batch.isEmpty() ? 0 : 1;
        }
        return batch;
    }

    private static boolean fits(List<Entry> batch, int bytes, Entry entry) {
        return batch.isEmpty()
                || (batch.size() < OutcomePublisher.MAX_EVENTS
                        && bytes + entry.event().bytes() <= CloudEventWriter.MAX_BYTES);
    }

    private void send(List<Entry> batch) {
        Uni.createFrom()
                .deferred(
                        () -> publisher.publish(batch.stream().map(Entry::event).toList()))
                .invoke(results -> requireAll(batch, results))
                .onTermination()
                .invoke(this::done)
                .subscribe()
                .with(results -> settle(batch, results), failure -> batch.forEach(entry -> entry.fail(failure)));
    }

    private static void requireAll(List<Entry> batch, List<Optional<String>> results) {
        if (results.size() != batch.size()) {
            throw new NotPublishedException(
                    "the target says what became of " + results.size() + " events, not of " + batch.size());
        }
    }

    private void done() {
        synchronized (this) {
            calls--;
        }
        goOn();
    }

    private static void settle(List<Entry> batch, List<Optional<String>> results) {
        for (int i = 0; i < batch.size(); i++) {
            Entry entry = batch.get(i);
            results.get(i).ifPresentOrElse(why -> entry.fail(new NotPublishedException(why)), entry::complete);
        }
    }

    private record Entry(CloudEvent event, UniEmitter<? super Void> emitter) {

        void complete() {
            emitter.complete(null);
        }

        void fail(Throwable failure) {
            emitter.fail(failure);
        }
    }

    /** Reports an event that the target rejected although it accepted the call. */
    static final class NotPublishedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPublishedException(String why) {
            super(why, null, false, false);
        }
    }
}
