package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judges leases by what this process has seen of them, and for how long. A holder changes its lease well within a
 * period; a lease that did not change for a period belongs to a dead replica, whatever times are written in it. Only
 * one written time is used: the start of the last round, which a process that was just started cannot know otherwise;
 * and only within its possible range.
 */
public final class LeaseWatch {

    private final InstantSource clock;
    private final InstantSource steady;
    private final Duration period;
    private final Instant started;
    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

    /**
     * A lease as it was seen, in this process's own time.
     *
     * @param since time at which it was first seen unchanged
     * @param asked time of the last request that returned it unchanged
     * @param roundBegan start of the last round, as far as it is known
     */
    private record Sighting(Lease lease, Instant since, Instant asked, Instant roundBegan) {

        Sighting askedAt(Instant again) {
            return new Sighting(lease, since, again, roundBegan);
        }
    }

    /**
     * @param clock the clock by which times are written
     * @param steady this process's own time
     * @param period time for which a lease may stay unchanged while its holder lives
     */
    public LeaseWatch(InstantSource clock, InstantSource steady, Duration period) {
        this.clock = clock;
        this.steady = steady;
        this.period = period;
        this.started = steady.instant();
    }

    /**
     * Updates the known leases.
     *
     * @param asked time of the request, in this process's own time
     */
    public void note(Map<String, Lease> leases, Instant asked) {
        leases.forEach((shard, lease) ->
                sightings.merge(shard, first(lease, asked), (before, any) -> next(before, lease, asked)));
    }

    private Sighting first(Lease lease, Instant asked) {
        Instant now = steady.instant();
        Instant began = lease.doneAt()
                .map(doneAt -> now.minus(longer(written(doneAt), lease.took())))
                .orElse(started);
        return new Sighting(lease, now, asked, began);
    }

    private Sighting next(Sighting before, Lease lease, Instant asked) {
        if (lease.equals(before.lease())) {
            return before.askedAt(asked);
        }
        Instant now = steady.instant();
        boolean sameRound = lease.doneAt().equals(before.lease().doneAt());
        Instant began = sameRound
                ? before.roundBegan()
                : lease.doneAt()
                        .map(doneAt -> now.minus(age(doneAt, lease, Duration.between(before.asked(), now))))
                        .orElse(started);
        return new Sighting(lease, now, asked, began);
    }

    /**
     * Returns the age of a round. A round that had not ended at the last request cannot have begun earlier than its
     * duration before that.
     */
    private Duration age(Instant doneAt, Lease lease, Duration sinceAsked) {
        Duration most = lease.took().plus(sinceAsked);
        return longer(shorter(written(doneAt), most), lease.took());
    }

    /** Returns the time since a recorded time, by the clock of this process. */
    private Duration written(Instant time) {
        return Duration.between(time, clock.instant());
    }

    /** Returns the last known lease of a shard. */
    public Lease lease(String shard) {
        Sighting seen = sightings.get(shard);
        return seen == null ? Lease.UNKNOWN : seen.lease();
    }

    /** True if no other living replica has the lease of the shard. */
    public boolean isFree(String shard, String me) {
        Sighting seen = sightings.get(shard);
        return seen == null
                || seen.lease().isFree()
                || seen.lease().isHeldBy(me)
                || !seen.since().plus(period).isAfter(steady.instant());
    }

    /**
     * Returns the start of the last round of a shard, in this process's own time; the start of this process if there
     * was none.
     */
    public Instant roundBegan(String shard) {
        Sighting seen = sightings.get(shard);
        return seen == null ? started : seen.roundBegan();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
