package dev.linkedrole.role;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which policy holds what. All is in the inline policy if it fits there, whatever was before. If it does not, what has a place
 * keeps it, and only what has none is placed, in the first policy that takes it. Only where that does not fit everything is placed
 * anew, if there is a way to do so without anything missing in between: what cannot be moved does not fit.
 *
 * <p>The same allowances and the same known placement make the same packing.
 *
 * @param contents what each policy holds; not everything if something is over
 * @param moves what has to be written, in an order in which nothing is missing in between
 * @param charactersOver how many characters are too many; 0 if everything fits
 * @param known where everything was known to be before
 */
public record Packing(
        SortedMap<Home, SortedSet<Allowance>> contents, List<Move> moves, int charactersOver, Placement known) {

    public Packing {
        SortedMap<Home, SortedSet<Allowance>> copies = new TreeMap<>();
        contents.forEach(
                (home, content) -> copies.put(home, Collections.unmodifiableSortedSet(new TreeSet<>(content))));
        contents = Collections.unmodifiableSortedMap(copies);
        moves = List.copyOf(moves);
    }

    /** One of a role of which nothing was known before. */
    Packing(SortedMap<Home, SortedSet<Allowance>> contents, List<Move> moves, int charactersOver) {
        this(contents, moves, charactersOver, Placement.NONE);
    }

    /**
     * Packs.
     *
     * @param wanted all that is to be allowed, in the order in which it is placed where nothing is known
     * @param known where it is now, as far as that is known
     * @param managed how many managed policies there may be beside the inline one
     */
    static Packing of(List<Allowance> wanted, Placement known, int managed) {
        if (PolicyLength.of(wanted) <= Home.INLINE.limit()) {
            return of(Map.of(Home.INLINE, new TreeSet<>(wanted)), known, managed)
                    .orElseThrow();
        }
        Shelves kept = new Shelves(managed);
        kept.place(kept.keep(wanted, known));
        return fitting(kept, known, managed)
                .or(() -> anew(wanted, known, managed))
                .orElseGet(() -> new Packing(kept.contents(), List.of(), Math.max(1, kept.charactersOver()), known));
    }

    private static Optional<Packing> anew(List<Allowance> wanted, Placement known, int managed) {
        Shelves shelves = new Shelves(managed);
        shelves.place(wanted);
        return fitting(shelves, known, managed);
    }

    private static Optional<Packing> fitting(Shelves shelves, Placement known, int managed) {
        return shelves.charactersOver() == 0 ? of(shelves.contents(), known, managed) : Optional.empty();
    }

    private static Optional<Packing> of(Map<Home, SortedSet<Allowance>> contents, Placement known, int managed) {
        return Relocation.of(known, contents, managed)
                .map(moves -> new Packing(new TreeMap<>(contents), moves, 0, known));
    }

    public Placement placement() {
        return Placement.of(contents);
    }

    /** Each policy as JSON, in its canonical spelling. */
    public SortedMap<Home, String> documents() {
        SortedMap<Home, String> documents = new TreeMap<>();
        contents.forEach((home, content) -> documents.put(home, Statements.policy(content)));
        return documents;
    }

    /** How many managed policies have to be allowed for, on the way as in the end: their highest number. */
    public int managedPolicies() {
        int atTheEnd = contents.isEmpty() ? 0 : contents.lastKey().number();
        return Math.max(
                atTheEnd,
                moves.stream().mapToInt(move -> move.home().number()).max().orElse(0));
    }
}
