package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Knowledge of an association by its id: what it enabled, and when it ended. An id has one beginning and one end, which
 * may be heard of in any order, any number of times.
 *
 * @param begun what it enabled; empty if that is not known yet
 * @param endedAt time of its end; empty if that is not known yet
 */
public record Association(Optional<Begun> begun, Optional<Instant> endedAt) {

    /**
     * The beginning of an association.
     *
     * @param feature the feature that it enabled
     * @param resources the resources that it enabled the feature for
     * @param time time at which the feature was enabled
     */
    public record Begun(String feature, Set<String> resources, Instant time) {
        public Begun {
            resources = Set.copyOf(resources);
        }
    }

    public static Association begun(String feature, Set<String> resources, Instant time) {
        return new Association(Optional.of(new Begun(feature, resources, time)), Optional.empty());
    }

    public static Association ended(Instant time) {
        return new Association(Optional.empty(), Optional.of(time));
    }

    /** Returns what both know. */
    public Association join(Association other) {
        return new Association(begun.or(other::begun), endedAt.or(other::endedAt));
    }

    /**
     * Returns the time at which what it enabled is disabled: its end, which is not before its beginning, although both
     * are rounded to a second. Empty unless both are known.
     */
    public Optional<Instant> disabledAt() {
        return begun.flatMap(begin -> endedAt.map(end -> end.isBefore(begin.time()) ? begin.time() : end));
    }
}
