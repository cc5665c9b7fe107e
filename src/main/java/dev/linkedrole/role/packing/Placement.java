package dev.linkedrole.role.packing;

import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The policy of each statement of a role, as far as it is known. It lets a grant be added without moving others. It
 * decides in which policy a statement is written, never whether it is written.
 *
 * @param keys the statements on resources of each policy, by their {@link StatementOnResource#key keys}
 */
public record Placement(SortedMap<PolicySlot, SortedSet<String>> keys) {

    /** Placement of a role of which nothing is known. */
    public static final Placement NONE = new Placement(new TreeMap<>());

    public Placement {
        SortedMap<PolicySlot, SortedSet<String>> copies = new TreeMap<>();
        keys.forEach((slot, inSlot) -> copies.put(slot, Collections.unmodifiableSortedSet(new TreeSet<>(inSlot))));
        keys = Collections.unmodifiableSortedMap(copies);
    }

    public static Placement of(Map<PolicySlot, ? extends Collection<StatementOnResource>> contents) {
        SortedMap<PolicySlot, SortedSet<String>> keys = new TreeMap<>();
        contents.forEach((slot, entries) -> keys.put(
                slot, entries.stream().map(StatementOnResource::key).collect(Collectors.toCollection(TreeSet::new))));
        return new Placement(keys);
    }

    /** Reads the placement from policies as JSON; a text that is no policy has no statements. */
    public static Placement read(Map<PolicySlot, String> documents) {
        SortedMap<PolicySlot, SortedSet<String>> keys = new TreeMap<>();
        documents.forEach((slot, json) -> keys.put(slot, keysIn(json)));
        return new Placement(keys);
    }

    private static SortedSet<String> keysIn(String json) {
        return PolicyDocument.statements(json).stream()
                .filter(statement -> statement.sid() != null)
                .flatMap(statement -> statement.resources().stream()
                        .map(resource -> StatementOnResource.key(statement.sid(), resource.value())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns every policy that has the statement, in order. */
    List<PolicySlot> slotsOf(StatementOnResource entry) {
        String key = entry.key();
        return keys.entrySet().stream()
                .filter(slot -> slot.getValue().contains(key))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns this placement, completed by another one for statements that this one lacks. */
    public Placement orElse(Placement other) {
        Set<String> here = keys.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        SortedMap<PolicySlot, SortedSet<String>> both = new TreeMap<>(keys);
        other.keys.forEach((slot, inSlot) -> {
            SortedSet<String> more = new TreeSet<>(inSlot);
            more.removeAll(here);
            more.addAll(both.getOrDefault(slot, new TreeSet<>()));
            both.put(slot, more);
        });
        return new Placement(both);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
