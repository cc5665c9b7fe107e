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

/** Packer that fills the policies of a role. */
final class BinPacker {

    private final int managed;
    private final Map<StatementTemplate, Integer> heads = new HashMap<>();
    private final SortedMap<PolicySlot, Bin> bins = new TreeMap<>();
    private final List<StatementOnResource> left = new ArrayList<>();

    /**
     * Creates a packer with empty policies.
     *
     * @param managed maximum number of managed policies
     */
    BinPacker(int managed) {
        this.managed = managed;
    }

    /**
     * Keeps placed statements in their policies, as far as these may exist and have room.
     *
     * @return the statements that are not placed yet
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
     * Places statements that were granted together: all in the first policy that has room for all, so that one policy
     * changes; otherwise each in the first policy that has room for it.
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
     * Returns the number of characters too many: the missing room in the policy that comes closest to taking the
     * unplaced statements. 0 if all are placed.
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

    /** Returns the inline policy, those in use, and one more if the limit permits it. */
    private Stream<PolicySlot> open() {
        Optional<PolicySlot> next =
                PolicySlot.all(managed).filter(slot -> !bins.containsKey(slot)).findFirst();
        return Stream.of(Stream.of(PolicySlot.INLINE), bins.keySet().stream(), next.stream())
                .flatMap(slots -> slots)
                .distinct();
    }

    /** Returns the bin of a policy, perhaps a new and empty one. */
    private Bin bin(PolicySlot slot) {
        return Optional.ofNullable(bins.get(slot)).orElseGet(() -> new Bin(slot));
    }

    private void put(PolicySlot slot, Collection<StatementOnResource> entries) {
        bins.computeIfAbsent(slot, Bin::new).add(entries);
    }

    /** A policy that is being filled. */
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
