package dev.linkedrole.intake.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The messages in flight, oldest first. */
final class InFlightMessages {

    private final Set<InFlightMessage> holds = new LinkedHashSet<>();
    private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

    synchronized void add(List<InFlightMessage> more) {
        if (holds.isEmpty()) {
            empty = new CompletableFuture<>();
        }
        holds.addAll(more);
    }

    void remove(List<InFlightMessage> settled) {
        CompletableFuture<Void> ended;
        synchronized (this) {
            settled.forEach(holds::remove);
            if (!holds.isEmpty()) {
                return;
            }
            ended = empty;
        }
        ended.complete(null);
    }

    synchronized int count() {
        return holds.size();
    }

    synchronized Optional<Instant> oldest() {
        return holds.stream().findFirst().map(InFlightMessage::since);
    }

    synchronized List<InFlightMessage> all() {
        return new ArrayList<>(holds);
    }

    /** Completes once nothing is in flight. */
    synchronized CompletableFuture<Void> empty() {
        return empty.copy();
    }
}
