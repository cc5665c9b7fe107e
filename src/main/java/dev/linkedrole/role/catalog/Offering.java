package dev.linkedrole.role.catalog;

import dev.linkedrole.role.model.InstanceArn;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Partitions and regions in which a feature is offered. A grant elsewhere would have no effect and is rejected.
 *
 * @param partitions the partitions; empty means all
 * @param regions the regions; empty means all
 */
public record Offering(Optional<Set<String>> partitions, Optional<Set<String>> regions) {

    /** Offering in all partitions and regions. */
    public static final Offering EVERYWHERE = new Offering(Optional.empty(), Optional.empty());

    public Offering {
        partitions = partitions.map(Set::copyOf);
        regions = regions.map(Set::copyOf);
    }

    /**
     * Returns the reason why the feature is not available to this instance, as a clause that follows the feature's
     * name; empty if it is.
     */
    Optional<String> objection(InstanceArn instance) {
        return outside(partitions, instance.partition(), "partition")
                .or(() -> outside(regions, instance.region(), "region"));
    }

    /** Returns the offering in all partitions and regions of both. */
    Offering or(Offering other) {
        return new Offering(both(partitions, other.partitions), both(regions, other.regions));
    }

    private static Optional<Set<String>> both(Optional<Set<String>> some, Optional<Set<String>> others) {
        return some.flatMap(these -> others.map(those -> {
            Set<String> all = new TreeSet<>(these);
            all.addAll(those);
            return all;
        }));
    }

    private static Optional<String> outside(Optional<Set<String>> offered, String own, String kind) {
        return offered.filter(names -> !names.contains(own))
                .map(names -> "is not offered in the " + kind + " " + own + ", only in "
                        + String.join(", ", new TreeSet<>(names)));
    }
}
