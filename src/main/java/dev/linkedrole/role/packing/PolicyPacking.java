package dev.linkedrole.role.packing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * First-fit packing of statements into policies. All statements go into the inline policy if they fit there, whatever
 * the placement was before. Otherwise placed statements keep their policy, and only the others are placed, in the first
 * policy with room. Only if that does not fit, all are placed again, provided that they can be moved without any
 * permission missing in between: statements that cannot be moved do not fit.
 *
 * <p>The same statements and the same known placement give the same packing.
 *
 * @param contents the statements of each policy; incomplete if some do not fit
 * @param moves the writes, in an order in which no permission is missing in between
 * @param charactersOver number of characters too many; 0 if everything fits
 * @param known the placement known before
 */
public record PolicyPacking(
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> contents,
        List<RepackStep> moves,
        int charactersOver,
        Placement known) {

    public PolicyPacking {
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> copies = new TreeMap<>();
        contents.forEach(
                (slot, content) -> copies.put(slot, Collections.unmodifiableSortedSet(new TreeSet<>(content))));
        contents = Collections.unmodifiableSortedMap(copies);
        moves = List.copyOf(moves);
    }

    /** Creates the packing of a role without a known placement. */
    PolicyPacking(
            SortedMap<PolicySlot, SortedSet<StatementOnResource>> contents,
            List<RepackStep> moves,
            int charactersOver) {
        this(contents, moves, charactersOver, Placement.NONE);
    }

    /**
     * Assigns each statement to a policy and moves as few as possible.
     *
     * @param desired all statements to place, in the order of placement if no placement is known
     * @param known the present placement, as far as it is known
     * @param managed maximum number of managed policies beside the inline one
     */
    public static PolicyPacking of(List<StatementOnResource> desired, Placement known, int managed) {
        if (PolicyLength.of(desired) <= PolicySlot.INLINE.limit()) {
            return of(Map.of(PolicySlot.INLINE, new TreeSet<>(desired)), known, managed)
                    .orElseThrow();
        }
        BinPacker kept = new BinPacker(managed);
        kept.place(kept.keep(desired, known));
        return fitting(kept, known, managed)
                .or(() -> repacked(desired, known, managed))
                .orElseGet(
                        () -> new PolicyPacking(kept.contents(), List.of(), Math.max(1, kept.charactersOver()), known));
    }

    private static Optional<PolicyPacking> repacked(List<StatementOnResource> desired, Placement known, int managed) {
        BinPacker packer = new BinPacker(managed);
        packer.place(desired);
        return fitting(packer, known, managed);
    }

    private static Optional<PolicyPacking> fitting(BinPacker packer, Placement known, int managed) {
        return packer.charactersOver() == 0 ? of(packer.contents(), known, managed) : Optional.empty();
    }

    private static Optional<PolicyPacking> of(
            Map<PolicySlot, SortedSet<StatementOnResource>> contents, Placement known, int managed) {
        return RepackPlanner.of(known, contents, managed)
                .map(moves -> new PolicyPacking(new TreeMap<>(contents), moves, 0, known));
    }

    public Placement placement() {
        return Placement.of(contents);
    }

    /** Returns each policy as canonical JSON. */
    public SortedMap<PolicySlot, String> documents() {
        SortedMap<PolicySlot, String> documents = new TreeMap<>();
        contents.forEach((slot, content) -> documents.put(slot, Statements.policy(content)));
        return documents;
    }

    /** Returns the highest number of a managed policy in use during the moves or after them. */
    public int managedPolicies() {
        int atTheEnd = contents.isEmpty() ? 0 : contents.lastKey().number();
        return Math.max(
                atTheEnd,
                moves.stream().mapToInt(move -> move.slot().number()).max().orElse(0));
    }
}
