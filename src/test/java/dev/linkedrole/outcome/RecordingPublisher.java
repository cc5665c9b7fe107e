package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that records events in the order of arrival, or fails on demand. */
final class RecordingPublisher implements OutcomePublisher {

    private final List<CloudEvent> published = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean failing;
    private volatile boolean there = true;

    @Override
    public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
        return Uni.createFrom().deferred(() -> {
            calls.incrementAndGet();
            if (failing) {
                return Uni.createFrom().failure(new IllegalStateException("the target is down"));
            }
            published.addAll(events);
            return Uni.createFrom()
                    .item(events.stream().map(event -> Optional.<String>empty()).toList());
        });
    }

    @Override
    public Uni<Boolean> exists() {
        return failing
                ? Uni.createFrom().failure(new IllegalStateException("the target is down"))
                : Uni.createFrom().item(there);
    }

    void exist(boolean now) {
        there = now;
    }

    void fail(boolean now) {
        failing = now;
    }

    /** Lists the published events, duplicates included. */
    List<CloudEvent> published() {
        synchronized (published) {
            return List.copyOf(published);
        }
    }

    /** Lists the published events of an instance without duplicates, in the order of first publication. */
    List<CloudEvent> firstOf(String subject) {
        Map<String, CloudEvent> first = new LinkedHashMap<>();
        published().stream()
                .filter(event -> event.subject().equals(Optional.of(subject)))
                .forEach(event -> first.putIfAbsent(event.id(), event));
        return List.copyOf(first.values());
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() {}
}
