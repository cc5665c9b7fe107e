package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Grant;
import java.util.Optional;
import java.util.Set;

/**
 * A role's record as far as a batch of events knows it.
 *
 * @param record the record as last read or written
 * @param newest true unless a newer record may exist
 * @param covered the grants whose disabling is known, beside all that are in force
 * @param first true if the batch itself recorded the instance first, so that all grants are known
 * @param alone true if every change not known to be in IAM is of this batch, which has written none of it yet
 */
record RecordSnapshot(Optional<RoleRecord> record, boolean newest, Set<Grant> covered, boolean first, boolean alone) {

    /** Snapshot before anything was read. */
    static final RecordSnapshot UNREAD = new RecordSnapshot(Optional.empty(), false, Set.of(), false, false);

    /** True if events that name these grants can be decided on the snapshot. */
    boolean covers(Set<Grant> named) {
        return newest && (first || covered.containsAll(named));
    }

    /** Returns the snapshot after the record was read together with these grants. */
    RecordSnapshot read(Optional<RoleRecord> found, Set<Grant> named) {
        boolean ours = record.isPresent() && found.map(RoleRecord::revision).equals(record.map(RoleRecord::revision));
        boolean nowAlone = ours ? alone : found.map(RoleRecord::settled).orElse(true);
        return new RecordSnapshot(found, true, Set.copyOf(named), found.isEmpty(), nowAlone);
    }

    /** Returns the snapshot after the batch has written the record. */
    RecordSnapshot written(RoleRecord after) {
        return new RecordSnapshot(Optional.of(after), true, covered, first, alone);
    }

    /** Returns this snapshot marked to be read again before it is used. */
    RecordSnapshot stale() {
        return new RecordSnapshot(record, false, covered, first, alone);
    }
}
