package dev.linkedrole.role.plan;

import dev.linkedrole.role.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Successive repairs of a role's components: those that every one of the latest comparisons had to repair, although
 * nothing had been recorded in between. Only components of the latest comparison are listed, so the number is bounded
 * by the differences of one comparison.
 *
 * @param runs the repairs by component, as in {@link Difference#component}
 */
public record RepairCounts(SortedMap<String, Run> runs) {

    /** Counts after a comparison without repairs. */
    public static final RepairCounts NONE = new RepairCounts(new TreeMap<>());

    /**
     * Number of successive repairs after which a component is contested: another editor writes it as steadily as this
     * service does, or IAM does not show a write. People repeat an edit once or twice, and a pipeline runs twice for
     * one release; five in a row take forty minutes at the default interval of the resync, which is longer than either.
     */
    public static final int CONTESTED_AFTER = 5;

    /** Maximum number of components named: more than an operator reads at once. */
    private static final int MAX_NAMED = 5;

    public RepairCounts {
        runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
    }

    /**
     * The successive repairs of one component.
     *
     * @param count number of repairs, at most {@value #CONTESTED_AFTER}
     * @param since time of the first repair
     * @param last time of the latest repair that counts
     */
    public record Run(int count, Instant since, Instant last) {

        private Run next(Instant at, Duration shownAfter) {
            boolean mayBeLag = Duration.between(last, at).abs().compareTo(shownAfter) <= 0;
            return mayBeLag ? this : new Run(Math.min(count + 1, CONTESTED_AFTER), since, at);
        }
    }

    /**
     * Returns the counts after one more comparison. Components that it found right are dropped.
     *
     * @param drift differences that the comparison repaired
     * @param shownAfter time within which IAM shows a write: a difference so soon after a repair may not be a new one
     */
    public RepairCounts after(Collection<Difference> drift, Instant at, Duration shownAfter) {
        SortedMap<String, Run> next = new TreeMap<>();
        drift.forEach(difference -> next.put(
                difference.component(),
                Optional.ofNullable(runs.get(difference.component()))
                        .map(run -> run.next(at, shownAfter))
                        .orElse(new Run(1, at, at))));
        return new RepairCounts(next);
    }

    /** True if all of these components are known to be contested. */
    public boolean contest(Collection<Difference> drift) {
        return !drift.isEmpty()
                && contested()
                        .containsAll(drift.stream().map(Difference::component).toList());
    }

    /** Returns the condition for operators; empty as long as no component is contested. */
    public Optional<Condition> condition() {
        List<String> names = contested();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> described = new ArrayList<>();
        names.stream().limit(MAX_NAMED).forEach(name -> described.add(name + " (since " + since(name) + ")"));
        String more = names.size() > MAX_NAMED ? " and " + (names.size() - MAX_NAMED) + " more" : "";
        return Optional.of(new Condition(
                Condition.Type.Contested,
                "had to be put right in " + CONTESTED_AFTER + " comparisons in a row or more: "
                        + String.join(", ", described) + more
                        + ". Somebody else writes it too, or IAM does not show what was written; each resync puts it right once more",
                names.stream().map(this::since).min(Instant::compareTo).orElseThrow()));
    }

    private List<String> contested() {
        return runs.entrySet().stream()
                .filter(run -> run.getValue().count() >= CONTESTED_AFTER)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Instant since(String component) {
        return Objects.requireNonNull(runs.get(component)).since();
    }
}
