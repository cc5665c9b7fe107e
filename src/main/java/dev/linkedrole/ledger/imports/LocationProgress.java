package dev.linkedrole.ledger.imports;

import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Progress of an import at one location.
 *
 * @param version grows with each write; 0 before the first
 * @param page marker of the page that is being read; empty for the first one
 * @param last the last instance of that page that is through; empty if none is
 * @param counts numbers of instances and events so far
 * @param reason the failure that ended it, or for which it is waiting; empty if there is none
 * @param begunAt time at which it was first read
 * @param changedAt time at which an instance was last through
 * @param endedAt time at which it was done or failed
 */
public record LocationProgress(
        ImportLocation location,
        State state,
        long version,
        Optional<String> page,
        Optional<InstanceId> last,
        Counts counts,
        Optional<String> reason,
        Optional<Instant> begunAt,
        Optional<Instant> changedAt,
        Optional<Instant> endedAt) {

    /** Maximum number of characters of a reason. */
    public static final int MAX_REASON = 500;

    public LocationProgress {
        reason = reason.map(text -> text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text);
    }

    /** Returns the progress of a location that was not read yet. */
    public static LocationProgress waiting(ImportLocation location) {
        return new LocationProgress(
                location,
                State.WAITING,
                0,
                Optional.empty(),
                Optional.empty(),
                Counts.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** True if nothing more is read here. */
    public boolean ended() {
        return state == State.DONE || state == State.FAILED;
    }

    /** Returns the progress once reading has begun, for the first time or again. */
    public LocationProgress begun(Instant at) {
        return new LocationProgress(
                location,
                State.READING,
                version + 1,
                page,
                last,
                counts,
                Optional.empty(),
                begunAt.or(() -> Optional.of(at)),
                changedAt.or(() -> Optional.of(at)),
                Optional.empty());
    }

    /** Returns the progress once the instances were counted. */
    public LocationProgress counted(long listed) {
        return at(page, last, counts.withListed(Optional.of(listed)), changedAt);
    }

    /** Returns the progress once an instance is through. */
    public LocationProgress through(Optional<String> onPage, InstanceId instance, Counts after, Instant at) {
        return at(onPage, Optional.of(instance), after, Optional.of(at));
    }

    /** Returns the progress with an instance that the list names in a way that cannot be read. */
    public LocationProgress with(Counts after) {
        return at(page, last, after, changedAt);
    }

    /** Returns the progress of a location that is read again from the beginning; the instances are counted again. */
    public LocationProgress restarted() {
        return at(Optional.empty(), Optional.empty(), Counts.NONE.withListed(counts.listed()), changedAt);
    }

    private LocationProgress at(
            Optional<String> newPage, Optional<InstanceId> newLast, Counts newCounts, Optional<Instant> at) {
        return new LocationProgress(
                location, state, version + 1, newPage, newLast, newCounts, reason, begunAt, at, endedAt);
    }

    /** Returns the progress of a location that is read again later. */
    public LocationProgress delayed(String why) {
        return new LocationProgress(
                location,
                State.DELAYED,
                version + 1,
                page,
                last,
                counts,
                Optional.of(why),
                begunAt,
                changedAt,
                endedAt);
    }

    /** Returns the progress of a location whose instances are all through. */
    public LocationProgress done(Instant at) {
        return ended(State.DONE, Optional.empty(), at);
    }

    /** Returns the progress of a location that cannot be read. */
    public LocationProgress failed(String why, Instant at) {
        return ended(State.FAILED, Optional.of(why), at);
    }

    private LocationProgress ended(State how, Optional<String> why, Instant at) {
        return new LocationProgress(
                location, how, version + 1, page, last, counts, why, begunAt, changedAt, Optional.of(at));
    }

    /** The state of a location. */
    public enum State {
        /** No replica has read it yet. */
        WAITING,
        /** A replica reads it. */
        READING,
        /** A failure that may pass has interrupted it. */
        DELAYED,
        /** All instances are through. */
        DONE,
        /** It cannot be read. */
        FAILED
    }

    /**
     * Numbers of instances and events. A replica that dies between recording an instance's events and writing its
     * progress leaves that instance out of {@code differing} and {@code events}.
     *
     * @param listed instances in Amazon Connect's list before the first was read; empty if they were not counted yet
     * @param read instances that are through
     * @param differing instances whose record differed
     * @param events events recorded for them, or that would be in a dry run
     * @param unread instances of which a part could not be read or decided
     * @param findings {@link Finding}s that are kept
     */
    public record Counts(Optional<Long> listed, long read, long differing, long events, long unread, long findings) {

        /** The counts before the first instance. */
        public static final Counts NONE = new Counts(Optional.empty(), 0, 0, 0, 0, 0);

        Counts withListed(Optional<Long> many) {
            return new Counts(many, read, differing, events, unread, findings);
        }

        /**
         * Returns the counts after one more instance.
         *
         * @param itsEvents number of events recorded for it
         * @param noted true if a part of it could not be read or decided
         * @param kept true if its finding is kept
         */
        public Counts plus(int itsEvents, boolean noted, boolean kept) {
            return new Counts(
                    listed,
                    read + 1,
                    differing + (itsEvents > 0 ? 1 : 0),
                    events + itsEvents,
                    unread + (noted ? 1 : 0),
                    findings + (kept ? 1 : 0));
        }
    }
}
