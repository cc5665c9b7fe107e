package dev.linkedrole.ledger.checks;

import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Progress of the check at one location: how far the present walk over its instances has got.
 *
 * @param version grows with each write; 0 before the first
 * @param begunAt time at which the walk was begun; empty before the first
 * @param listed instances in Amazon Connect's list when the walk was begun
 * @param through instances that are through in this walk
 * @param page marker of the page that is being read; empty for the first one
 * @param last the last instance of that page that is through; empty if none is
 * @param ended true if the walk has visited all instances
 * @param reportedAt time at which a failure was last reported; empty if none was
 */
public record CheckProgress(
        ImportLocation location,
        long version,
        Optional<Instant> begunAt,
        long listed,
        long through,
        Optional<String> page,
        Optional<InstanceId> last,
        boolean ended,
        Optional<Instant> reportedAt) {

    /** Returns the progress of a location that was never checked. */
    public static CheckProgress none(ImportLocation location) {
        return new CheckProgress(
                location, 0, Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /**
     * Returns the progress of a new walk.
     *
     * @param instances number of instances in Amazon Connect's list
     */
    public CheckProgress begun(Instant at, long instances) {
        return new CheckProgress(
                location,
                version + 1,
                Optional.of(at),
                instances,
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                reportedAt);
    }

    /** Returns the progress once an instance is through. */
    public CheckProgress through(Optional<String> onPage, InstanceId instance) {
        return next(through + 1, onPage, Optional.of(instance), false);
    }

    /** Returns the progress of a walk that begins again, since its position is no longer known. */
    public CheckProgress restarted() {
        return next(0, Optional.empty(), Optional.empty(), false);
    }

    /** Returns the progress once all instances are through. */
    public CheckProgress done() {
        return next(through, Optional.empty(), Optional.empty(), true);
    }

    /** Returns the same progress as the next version. */
    public CheckProgress next() {
        return next(through, page, last, ended);
    }

    private CheckProgress next(
            long nowThrough, Optional<String> onPage, Optional<InstanceId> instance, boolean isEnded) {
        return new CheckProgress(
                location, version + 1, begunAt, listed, nowThrough, onPage, instance, isEnded, reportedAt);
    }

    /** Returns the progress with the time of a report, which is written with the next version. */
    public CheckProgress reported(Instant at) {
        return new CheckProgress(location, version, begunAt, listed, through, page, last, ended, Optional.of(at));
    }
}
