package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Grant;
import java.util.Optional;
import java.util.Set;

/**
 * A role's record as a batch of events knows it.
 *
 * @param record as it was read, or written, last
 * @param newest whether no newer one is known to be possible
 * @param covered the grants whose disabling is known, beside all that are in force
 * @param first whether the batch itself recorded the instance first, so that all grants are known
 * @param alone whether every change not known to be in IAM is of this batch, which has written none of it yet
 */
record RecordSnapshot(Optional<RoleRecord> record, boolean newest, Set<Grant> covered, boolean first, boolean alone) {

    /** Nothing is known yet. */
    static final RecordSnapshot UNREAD = new RecordSnapshot(Optional.empty(), false, Set.of(), false, false);

    /** True if events that name these grants can be decided on it. */
    boolean covers(Set<Grant> named) {
        return newest && (first || covered.containsAll(named));
    }

    /** The record was read, with what is known of these grants. */
    RecordSnapshot read(Optional<RoleRecord> found, Set<Grant> named) {
        boolean ours = record.isPresent() && found.map(RoleRecord::revision).equals(record.map(RoleRecord::revision));
        boolean nowAlone = ours ? alone : found.map(RoleRecord::settled).orElse(true);
        return new RecordSnapshot(found, true, Set.copyOf(named), found.isEmpty(), nowAlone);
    }

    /** The batch has written the record. */
    RecordSnapshot written(RoleRecord after) {
        return new RecordSnapshot(Optional.of(after), true, covered, first, alone);
    }

    /** The same snapshot, to be read again before it is used. */
    RecordSnapshot stale() {
        return new RecordSnapshot(record, false, covered, first, alone);
    }
}
