package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.RoleEvent;
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

/** The items of one instance in the table. */
public final class ModelItem {

    /** The record; empty as long as there is only a history. */
    @Nullable
    public RoleRecord role;

    @Nullable
    public Instant pendingSince;

    public final Map<EventId, HistoryEntry> events = new HashMap<>();
    /** The last disabling of each grant, including those enabled since. */
    public final SortedMap<Grant, GrantWrite> disabled = new TreeMap<>();

    /** Lists of disabled grants that may not be in the map yet. */
    public final SortedMap<String, SortedMap<Grant, GrantWrite>> unspread = new TreeMap<>();

    public final Map<EventId, RoleEvent> contents = new HashMap<>();
    final SortedMap<String, HistoryEntry> applied = new TreeMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    public ModelItem copy() {
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

    public Optional<RoleRecord> role() {
        return Optional.ofNullable(role);
    }

    public boolean at(long revision) {
        return role != null && role.revision() == revision;
    }

    public void happened(RoleEvent event, HistoryEntry entry) {
        events.put(event.eventId(), entry);
        contents.put(event.eventId(), event);
        history.add(entry);
    }

    public void happened(String key, HistoryEntry entry) {
        HistoryEntry replaced = applied.put(key, entry);
        history.remove(replaced);
        history.add(entry);
    }

    public List<HistoryEntry> history() {
        return history.stream().sorted(Comparator.comparing(HistoryEntry::at)).toList();
    }
}
