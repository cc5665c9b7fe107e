package dev.linkedrole.role;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policies in which each wanted allowance is while a plan is being made, and the steps that put it there: what is to stay leaves
 * a policy only if it has come to be in another one.
 */
final class Whereabouts {

    private final Set<String> wanted;
    private final Map<Home, Set<String>> now = new HashMap<>();
    private final Map<Home, Set<Integer>> writers = new HashMap<>();

    Whereabouts(Packing packing) {
        this.wanted = packing.contents().values().stream()
                .flatMap(Collection::stream)
                .map(Allowance::key)
                .collect(Collectors.toSet());
        packing.known().keys().forEach((home, keys) -> {
            Set<String> here = new HashSet<>(keys);
            here.retainAll(wanted);
            now.put(home, here);
        });
    }

    /** The steps that have to be done before a policy may be left with just this. */
    Set<Integer> neededFor(Home home, Set<String> keys) {
        Set<String> leaving = new HashSet<>(now.getOrDefault(home, Set.of()));
        leaving.removeAll(keys);
        Set<Integer> needed = new HashSet<>();
        leaving.forEach(key ->
                placeBeside(home, key).ifPresent(other -> needed.addAll(writers.getOrDefault(other, Set.of()))));
        return needed;
    }

    /** Another policy that has it, one that always had it if there is one. */
    private Optional<Home> placeBeside(Home home, String key) {
        return now.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(home) && other.getValue().contains(key))
                .map(Map.Entry::getKey)
                .min((one, other) -> Boolean.compare(writers.containsKey(one), writers.containsKey(other)));
    }

    /** A policy holds just this once these steps are done. */
    void written(Home home, Set<String> keys, Set<Integer> steps) {
        Set<String> here = new HashSet<>(keys);
        here.retainAll(wanted);
        now.put(home, here);
        writers.put(home, steps);
    }
}
