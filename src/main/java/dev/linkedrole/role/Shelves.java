package dev.linkedrole.role;

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
final class Shelves {

    private final int managed;
    private final Map<StatementTemplate, Integer> heads = new HashMap<>();
    private final SortedMap<Home, Shelf> shelves = new TreeMap<>();
    private final List<Allowance> left = new ArrayList<>();

    /**
     * Empty ones.
     *
     * @param managed how many managed policies there may be
     */
    Shelves(int managed) {
        this.managed = managed;
    }

    /**
     * Leaves what is placed where it is, as far as that is a place that it may have.
     *
     * @return what has no place yet
     */
    List<Allowance> keep(List<Allowance> wanted, Placement known) {
        List<Allowance> homeless = new ArrayList<>();
        for (Allowance allowance : wanted) {
            known.homesOf(allowance).stream()
                    .filter(home -> home.number() <= managed)
                    .filter(home -> shelf(home).takes(List.of(allowance)))
                    .findFirst()
                    .ifPresentOrElse(home -> put(home, List.of(allowance)), () -> homeless.add(allowance));
        }
        return homeless;
    }

    /**
     * Places what came together: all of it in the first policy that takes it all, so that one policy changes; if none does, each
     * in the first that takes it.
     */
    void place(List<Allowance> bundle) {
        firstToTake(bundle)
                .ifPresentOrElse(
                        home -> put(home, bundle),
                        () -> bundle.forEach(allowance -> firstToTake(List.of(allowance))
                                .ifPresentOrElse(home -> put(home, List.of(allowance)), () -> left.add(allowance))));
    }

    SortedMap<Home, SortedSet<Allowance>> contents() {
        SortedMap<Home, SortedSet<Allowance>> contents = new TreeMap<>();
        shelves.forEach((home, shelf) -> contents.put(home, shelf.allowances));
        return contents;
    }

    /**
     * How many characters are too many: by so many one of the policies would have to be longer to take what found no place. 0 if
     * everything has.
     */
    int charactersOver() {
        if (left.isEmpty()) {
            return 0;
        }
        OptionalInt over =
                open().mapToInt(home -> shelf(home).with(left) - home.limit()).min();
        return over.orElseThrow();
    }

    private Optional<Home> firstToTake(List<Allowance> bundle) {
        return open().filter(home -> shelf(home).takes(bundle)).findFirst();
    }

    /** The inline policy, those that are used, and one more if there may be one more. */
    private Stream<Home> open() {
        Optional<Home> next =
                Home.all(managed).filter(home -> !shelves.containsKey(home)).findFirst();
        return Stream.of(Stream.of(Home.INLINE), shelves.keySet().stream(), next.stream())
                .flatMap(homes -> homes)
                .distinct();
    }

    /** The policy, perhaps an empty one that is not used yet. */
    private Shelf shelf(Home home) {
        return Optional.ofNullable(shelves.get(home)).orElseGet(() -> new Shelf(home));
    }

    private void put(Home home, Collection<Allowance> allowances) {
        shelves.computeIfAbsent(home, Shelf::new).add(allowances);
    }

    /** One policy. */
    private final class Shelf {
        private final Home home;
        private final SortedSet<Allowance> allowances = new TreeSet<>();
        private final PolicyLength length = new PolicyLength(heads);

        Shelf(Home home) {
            this.home = home;
        }

        int with(Collection<Allowance> more) {
            return length.with(more);
        }

        boolean takes(Collection<Allowance> more) {
            return with(more) <= home.limit();
        }

        void add(Collection<Allowance> more) {
            more.forEach(allowance -> {
                allowances.add(allowance);
                length.add(allowance);
            });
        }
    }
}
