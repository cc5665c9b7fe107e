package dev.linkedrole.ledger;

import dev.linkedrole.role.EventId;
import dev.linkedrole.role.Grant;
import dev.linkedrole.role.Mark;
import dev.linkedrole.role.RoleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the table holds of one instance. */
final class ModelItem {

    /** Empty as long as there is but a history. */
    @Nullable
    RoleRecord role;

    @Nullable
    Instant pendingSince;

    final Map<EventId, HistoryEntry> events = new HashMap<>();
    /** What was last disabled when, of what is not enabled since as well. */
    final SortedMap<Grant, Mark> disabled = new TreeMap<>();

    /** Lists of what is disabled and may not be among that yet. */
    final SortedMap<String, SortedMap<Grant, Mark>> unspread = new TreeMap<>();

    final Map<EventId, RoleEvent> contents = new HashMap<>();
    final SortedMap<String, HistoryEntry> applied = new TreeMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    ModelItem copy() {
        ModelItem copy = new ModelItem();
        copy.role = role;
        copy.pendingSince = pendingSince;
        copy.events.putAll(events);
        copy.disabled.putAll(disabled);
        copy.unspread.putAll(unspread);
        copy.contents.putAll(contents);
        copy.applied.putAll(applied);
        copy.history.addAll(history);
        return copy;
    }

    Optional<RoleRecord> role() {
        return Optional.ofNullable(role);
    }

    boolean at(long revision) {
        return role != null && role.revision() == revision;
    }

    void happened(RoleEvent event, HistoryEntry entry) {
        events.put(event.eventId(), entry);
        contents.put(event.eventId(), event);
        history.add(entry);
    }

    void happened(String key, HistoryEntry entry) {
        HistoryEntry replaced = applied.put(key, entry);
        history.remove(replaced);
        history.add(entry);
    }

    List<HistoryEntry> history() {
        return history.stream().sorted(Comparator.comparing(HistoryEntry::at)).toList();
    }
}
