package dev.linkedrole.intake.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The messages in hand, oldest first. */
final class InHand {

    private final Set<Hold> holds = new LinkedHashSet<>();
    private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

    synchronized void add(List<Hold> more) {
        if (holds.isEmpty()) {
            empty = new CompletableFuture<>();
        }
        holds.addAll(more);
    }

    void remove(List<Hold> settled) {
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
        return holds.stream().findFirst().map(Hold::since);
    }

    synchronized List<Hold> all() {
        return new ArrayList<>(holds);
    }

    /** Ends once nothing is in hand. */
    synchronized CompletableFuture<Void> empty() {
        return empty.copy();
    }
}
