package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judges leases by what this process has seen of them, and for how long. A holder changes its lease well within a period; a lease that
 * did not change for a period belongs to a dead replica, whatever time is written in it. One written time is used: the start of the last
 * round, which a process that was just started cannot know otherwise; and only as far as it can be true.
 */
final class LeaseWatch {

    private final InstantSource clock;
    private final InstantSource steady;
    private final Duration period;
    private final Instant started;
    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

    /**
     * A lease, and what is known of it in this process's own time.
     *
     * @param since when it was first seen like this
     * @param asked when it was last asked for, and was like this
     * @param roundBegan when the last round began, or what comes closest
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
    LeaseWatch(InstantSource clock, InstantSource steady, Duration period) {
        this.clock = clock;
        this.steady = steady;
        this.period = period;
        this.started = steady.instant();
    }

    /**
     * Takes note of how leases are now.
     *
     * @param asked when they were asked for, in this process's own time
     */
    void note(Map<String, Lease> leases, Instant asked) {
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

    /** A round that was still going on when it was last asked for cannot have begun earlier than the time it took before that. */
    private Duration age(Instant doneAt, Lease lease, Duration sinceAsked) {
        Duration most = lease.took().plus(sinceAsked);
        return longer(shorter(written(doneAt), most), lease.took());
    }

    /** Time since a recorded time, by the clock of this process. */
    private Duration written(Instant time) {
        return Duration.between(time, clock.instant());
    }

    /** The last known lease of a shard. */
    Lease lease(String shard) {
        Sighting seen = sightings.get(shard);
        return seen == null ? Lease.UNKNOWN : seen.lease();
    }

    /** True if no other living replica has the shard. */
    boolean isFree(String shard, String me) {
        Sighting seen = sightings.get(shard);
        return seen == null
                || seen.lease().isFree()
                || seen.lease().isHeldBy(me)
                || !seen.since().plus(period).isAfter(steady.instant());
    }

    /** Begin of the last round of a shard, in this process's own time; the start of this process if there was none. */
    Instant roundBegan(String shard) {
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
