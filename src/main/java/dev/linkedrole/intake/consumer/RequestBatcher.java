package dev.linkedrole.intake.consumer;

import dev.linkedrole.intake.consumer.MessageQueue.FailedEntry;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches entries, each batch being one call, so that ten messages cost as much as one. A batch is sent when it has ten
 * entries, or when the linger time of its first entry is over. Failed entries are retried alone, a limited number of
 * times.
 */
final class RequestBatcher<T> {

    /** A call with a batch; returns the failed entries. */
    @FunctionalInterface
    interface Call<T> {
        Uni<List<FailedEntry>> of(List<T> batch);
    }

    /** Listener for the result of each entry, called once. */
    @FunctionalInterface
    interface End<T> {
        void of(List<T> entries, Result result);
    }

    /** Result of an entry. */
    enum Result {
        DONE,
        /** Every attempt failed. */
        GIVEN_UP,
        /** No attempt can succeed. */
        LOST
    }

    static final int ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RequestBatcher.class);
    private static final Backoff BETWEEN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String what;
    private final Duration linger;
    private final Retry retry;
    private final Call<T> call;
    private final End<T> end;

    private List<T> pending = new ArrayList<>(MessageQueue.MAX);
    private boolean timed;
    private boolean hurried;

    /** @param what name of the calls in the log */
    RequestBatcher(String what, Duration linger, Retry retry, Call<T> call, End<T> end) {
        this.what = what;
        this.linger = linger;
        this.retry = retry;
        this.call = call;
        this.end = end;
    }

    void add(T entry) {
        @Nullable List<T> full = null;
        boolean time = false;
        synchronized (this) {
            pending.add(entry);
            if (pending.size() == MessageQueue.MAX || hurried) {
                full = taken();
            } else if (!timed) {
                timed = true;
                time = true;
            }
        }
        if (full != null) {
            send(full, 1);
        } else if (time) {
            retry.pause(linger).subscribe().with(ignored -> timeIsUp());
        }
    }

    private void timeIsUp() {
        synchronized (this) {
            timed = false;
        }
        flush();
    }

    /** Sends the waiting entries now. */
    void flush() {
        List<T> batch;
        synchronized (this) {
            batch = taken();
        }
        if (!batch.isEmpty()) {
            send(batch, 1);
        }
    }

    /** Sends all entries without lingering from now on. */
    void hurry() {
        synchronized (this) {
            hurried = true;
        }
        flush();
    }

    private List<T> taken() {
        List<T> batch = pending;
        pending = new ArrayList<>(MessageQueue.MAX);
        return batch;
    }

    private void send(List<T> batch, int attempt) {
        Uni.createFrom()
                .deferred(() -> call.of(batch))
                .subscribe()
                .with(failed -> settle(batch, failed, attempt), failure -> settle(batch, all(batch, failure), attempt));
    }

    private static List<FailedEntry> all(List<?> batch, Throwable failure) {
        List<FailedEntry> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            all.add(new FailedEntry(i, FailureText.of(failure), false));
        }
        return all;
    }

    private void settle(List<T> batch, List<FailedEntry> failed, int attempt) {
        if (failed.isEmpty()) {
            end.of(batch, Result.DONE);
            return;
        }
        Map<Integer, FailedEntry> failures = new HashMap<>();
        failed.forEach(entry -> failures.put(entry.index(), entry));
        List<T> done = new ArrayList<>();
        List<T> lost = new ArrayList<>();
        List<T> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            FailedEntry failure = failures.get(i);
            (failure == null ? done : failure.forGood() ? lost : again).add(batch.get(i));
        }
        report(done, Result.DONE);
        report(lost, Result.LOST);
        if (!again.isEmpty() || !lost.isEmpty()) {
            log(failed.getFirst(), lost.size(), again.size(), attempt);
        }
        if (attempt == ATTEMPTS) {
            report(again, Result.GIVEN_UP);
        } else if (!again.isEmpty()) {
            retry.pause(BETWEEN.pause(attempt, retry.chance())).subscribe().with(ignored -> send(again, attempt + 1));
        }
    }

    private void report(List<T> entries, Result result) {
        if (!entries.isEmpty()) {
            end.of(entries, result);
        }
    }

    private void log(FailedEntry first, int lost, int again, int attempt) {
        (attempt == ATTEMPTS ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("lost", lost)
                .addKeyValue("failed", again)
                .addKeyValue("attempt", attempt)
                .log("Failed {}: {}", what, first.why());
    }
}
