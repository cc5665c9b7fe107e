package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The policies of a role while they are being filled. */
final class BinPacker {

    private final int managed;
    private final Map<StatementTemplate, Integer> heads = new HashMap<>();
    private final SortedMap<PolicySlot, Bin> bins = new TreeMap<>();
    private final List<StatementOnResource> left = new ArrayList<>();

    /**
     * Empty ones.
     *
     * @param managed maximum number of managed policies
     */
    BinPacker(int managed) {
        this.managed = managed;
    }

    /**
     * Leaves what is placed where it is, as far as that is a place that it may have.
     *
     * @return what has no place yet
     */
    List<StatementOnResource> keep(List<StatementOnResource> desired, Placement known) {
        List<StatementOnResource> unplaced = new ArrayList<>();
        for (StatementOnResource entry : desired) {
            known.slotsOf(entry).stream()
                    .filter(slot -> slot.number() <= managed)
                    .filter(slot -> bin(slot).takes(List.of(entry)))
                    .findFirst()
                    .ifPresentOrElse(slot -> put(slot, List.of(entry)), () -> unplaced.add(entry));
        }
        return unplaced;
    }

    /**
     * Places what came together: all of it in the first policy that takes it all, so that one policy changes; if none does, each
     * in the first that takes it.
     */
    void place(List<StatementOnResource> bundle) {
        firstToTake(bundle)
                .ifPresentOrElse(
                        slot -> put(slot, bundle),
                        () -> bundle.forEach(entry -> firstToTake(List.of(entry))
                                .ifPresentOrElse(slot -> put(slot, List.of(entry)), () -> left.add(entry))));
    }

    SortedMap<PolicySlot, SortedSet<StatementOnResource>> contents() {
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> contents = new TreeMap<>();
        bins.forEach((slot, bin) -> contents.put(slot, bin.entries));
        return contents;
    }

    /**
     * Number of characters too many: one policy would have to be longer by this to take the unplaced statements. 0 if everything is placed.
     */
    int charactersOver() {
        if (left.isEmpty()) {
            return 0;
        }
        OptionalInt over =
                open().mapToInt(slot -> bin(slot).with(left) - slot.limit()).min();
        return over.orElseThrow();
    }

    private Optional<PolicySlot> firstToTake(List<StatementOnResource> bundle) {
        return open().filter(slot -> bin(slot).takes(bundle)).findFirst();
    }

    /** The inline policy, those that are used, and one more if there may be one more. */
    private Stream<PolicySlot> open() {
        Optional<PolicySlot> next =
                PolicySlot.all(managed).filter(slot -> !bins.containsKey(slot)).findFirst();
        return Stream.of(Stream.of(PolicySlot.INLINE), bins.keySet().stream(), next.stream())
                .flatMap(slots -> slots)
                .distinct();
    }

    /** The policy, perhaps an empty one that is not used yet. */
    private Bin bin(PolicySlot slot) {
        return Optional.ofNullable(bins.get(slot)).orElseGet(() -> new Bin(slot));
    }

    private void put(PolicySlot slot, Collection<StatementOnResource> entries) {
        bins.computeIfAbsent(slot, Bin::new).add(entries);
    }

    /** A policy while it is being filled. */
    private final class Bin {
        private final PolicySlot slot;
        private final SortedSet<StatementOnResource> entries = new TreeSet<>();
        private final PolicyLength length = new PolicyLength(heads);

        Bin(PolicySlot slot) {
            this.slot = slot;
        }

        int with(Collection<StatementOnResource> more) {
            return length.with(more);
        }

        boolean takes(Collection<StatementOnResource> more) {
            return with(more) <= slot.limit();
        }

        void add(Collection<StatementOnResource> more) {
            more.forEach(entry -> {
                entries.add(entry);
                length.add(entry);
            });
        }
    }
}
