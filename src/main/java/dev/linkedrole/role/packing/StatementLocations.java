package dev.linkedrole.role.packing;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policies that have each desired statement while a plan is made, and the steps that write them. A statement may
 * leave a policy only after another policy has it.
 */
public final class StatementLocations {

    private final Set<String> desired;
    private final Map<PolicySlot, Set<String>> now = new HashMap<>();
    private final Map<PolicySlot, Set<Integer>> writers = new HashMap<>();

    public StatementLocations(PolicyPacking packing) {
        this.desired = packing.contents().values().stream()
                .flatMap(Collection::stream)
                .map(StatementOnResource::key)
                .collect(Collectors.toSet());
        packing.known().keys().forEach((slot, keys) -> {
            Set<String> here = new HashSet<>(keys);
            here.retainAll(desired);
            now.put(slot, here);
        });
    }

    /** Returns the steps that have to be done before a policy is reduced to these statements. */
    public Set<Integer> neededFor(PolicySlot slot, Set<String> keys) {
        Set<String> leaving = new HashSet<>(now.getOrDefault(slot, Set.of()));
        leaving.removeAll(keys);
        Set<Integer> needed = new HashSet<>();
        leaving.forEach(key ->
                otherSlot(slot, key).ifPresent(other -> needed.addAll(writers.getOrDefault(other, Set.of()))));
        return needed;
    }

    /** Returns another policy that has the statement, if possible one that the plan has not written. */
    private Optional<PolicySlot> otherSlot(PolicySlot slot, String key) {
        return now.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(slot) && other.getValue().contains(key))
                .map(Map.Entry::getKey)
                .min((one, other) -> Boolean.compare(writers.containsKey(one), writers.containsKey(other)));
    }

    /** Notes that a policy has exactly these statements after these steps. */
    public void written(PolicySlot slot, Set<String> keys, Set<Integer> steps) {
        Set<String> here = new HashSet<>(keys);
        here.retainAll(desired);
        now.put(slot, here);
        writers.put(slot, steps);
    }
}
