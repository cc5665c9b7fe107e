package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** An index that may return an earlier state, as DynamoDB's global indexes may. */
final class LaggingIndex<V> {

    private final InstantSource clock;
    private final Supplier<Duration> lag;
    private final SortedMap<String, Deque<Change<V>>> changes = new TreeMap<>();

    LaggingIndex(InstantSource clock, Supplier<Duration> lag) {
        this.clock = clock;
        this.lag = lag;
    }

    private record Change<V>(Instant at, Optional<V> value) {}

    void put(String key, V value) {
        change(key, Optional.of(value));
    }

    void remove(String key) {
        change(key, Optional.empty());
    }

    /** Returns the entries that a query finds now, by key. */
    List<V> seen() {
        Instant as = clock.instant().minus(lag.get());
        return changes.values().stream()
                .flatMap(history -> lastUntil(as, history).stream())
                .toList();
    }

    private static <V> Optional<V> lastUntil(Instant as, Deque<Change<V>> history) {
        Optional<V> last = Optional.empty();
        for (Change<V> change : history) {
            if (change.at().isAfter(as)) {
                break;
            }
            last = change.value();
        }
        return last;
    }

    private void change(String key, Optional<V> value) {
        Deque<Change<V>> history = changes.computeIfAbsent(key, unknown -> new ArrayDeque<>());
        if (!history.isEmpty() && history.getLast().value().equals(value)) {
            return;
        }
        history.addLast(new Change<>(clock.instant(), value));
    }
}
