package dev.linkedrole.role;

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
 * Where each allowance of a role is, as far as it is known: what lets a grant be added without anything else being moved. It
 * decides in which policy something is written, never whether it is.
 *
 * @param keys the allowances of each policy, by their {@link Allowance#key keys}
 */
public record Placement(SortedMap<Home, SortedSet<String>> keys) {

    /** Nothing is known. */
    public static final Placement NONE = new Placement(new TreeMap<>());

    public Placement {
        SortedMap<Home, SortedSet<String>> copies = new TreeMap<>();
        keys.forEach((home, inHome) -> copies.put(home, Collections.unmodifiableSortedSet(new TreeSet<>(inHome))));
        keys = Collections.unmodifiableSortedMap(copies);
    }

    static Placement of(Map<Home, ? extends Collection<Allowance>> contents) {
        SortedMap<Home, SortedSet<String>> keys = new TreeMap<>();
        contents.forEach((home, allowances) ->
                keys.put(home, allowances.stream().map(Allowance::key).collect(Collectors.toCollection(TreeSet::new))));
        return new Placement(keys);
    }

    /** The placement that policies show, as JSON; what is no policy holds nothing. */
    static Placement read(Map<Home, String> documents) {
        SortedMap<Home, SortedSet<String>> keys = new TreeMap<>();
        documents.forEach((home, json) -> keys.put(home, keysIn(json)));
        return new Placement(keys);
    }

    private static SortedSet<String> keysIn(String json) {
        return PolicyDocument.statements(json).stream()
                .filter(statement -> statement.sid() != null)
                .flatMap(statement -> statement.resources().stream()
                        .map(resource -> Allowance.key(statement.sid(), resource.value())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every policy that has it, in order. */
    List<Home> homesOf(Allowance allowance) {
        String key = allowance.key();
        return keys.entrySet().stream()
                .filter(home -> home.getValue().contains(key))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** This placement; and the other one for what is nowhere in this one. */
    public Placement orElse(Placement other) {
        Set<String> here = keys.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        SortedMap<Home, SortedSet<String>> both = new TreeMap<>(keys);
        other.keys.forEach((home, inHome) -> {
            SortedSet<String> more = new TreeSet<>(inHome);
            more.removeAll(here);
            more.addAll(both.getOrDefault(home, new TreeSet<>()));
            both.put(home, more);
        });
        return new Placement(both);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
