package dev.linkedrole.intake.consumer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The messages in flight, oldest first. */
final class InFlightMessages {

    private final Set<InFlightMessage> messages = new LinkedHashSet<>();
    private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

    synchronized void add(List<InFlightMessage> more) {
        if (messages.isEmpty()) {
            empty = new CompletableFuture<>();
        }
        messages.addAll(more);
    }

    void remove(List<InFlightMessage> settled) {
        CompletableFuture<Void> ended;
        synchronized (this) {
            settled.forEach(messages::remove);
            if (!messages.isEmpty()) {
                return;
            }
            ended = empty;
        }
        ended.complete(null);
    }

    synchronized int count() {
        return messages.size();
    }

    synchronized Optional<Instant> oldest() {
        return messages.stream().findFirst().map(InFlightMessage::since);
    }

    synchronized List<InFlightMessage> all() {
        return new ArrayList<>(messages);
    }

    /** Completes once nothing is in flight. */
    synchronized CompletableFuture<Void> empty() {
        return empty.copy();
    }
}
