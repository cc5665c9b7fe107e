package dev.linkedrole.connect;

import java.time.Duration;
import java.time.Instant;

/**
 * The pace of one process in one account and region: a token bucket that never exceeds a {@link RequestRate}, is slowed
 * by half when Amazon Connect throttles, and recovers with each answer. So processes, tools and people that use one
 * quota together come to share it (additive increase, multiplicative decrease).
 *
 * @param limit the rate that is never exceeded
 * @param perSecond the present rate, at most the limit
 * @param tokens requests that may be made at once, as of {@code at}
 * @param at time of the last change
 * @param slowedAt time of the last slowing
 * @see <a href="https://doi.org/10.1016/0169-7552(89)90019-6">Chiu and Jain on additive increase and multiplicative
 *     decrease</a>
 */
public record RequestPace(RequestRate limit, double perSecond, double tokens, Instant at, Instant slowedAt) {

    /** Share of the limit that is the lowest rate: at the default rate, a request every eight seconds. */
    private static final double LOWEST = 1.0 / 16;

    /** Share of the limit that each answer adds: from half of it to all of it takes twenty answers. */
    private static final double STEP = 1.0 / 40;

    /** Share of a token that is lost to rounding. */
    private static final double ROUNDING = 1e-9;

    private static final double SECOND = 1e9;

    /**
     * Returns the pace of a process that begins. It begins with an empty bucket: the process that worked here before may
     * have emptied that of Amazon Connect.
     */
    public static RequestPace beginning(RequestRate limit, Instant now) {
        return new RequestPace(limit, limit.perSecond(), 0, now, Instant.MIN);
    }

    /** Returns the time until the next request may be made, if no other is made before; zero for now. */
    public Duration untilNext(Instant now) {
        double missing = 1 - refilled(now).tokens;
        return missing <= ROUNDING ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perSecond * SECOND));
    }

    /**
     * Returns the pace after a request that is made now.
     *
     * @throws IllegalStateException if it is not time yet
     */
    public RequestPace taken(Instant now) {
        if (untilNext(now).isPositive()) {
            throw new IllegalStateException("the next request is due in " + untilNext(now));
        }
        RequestPace refilled = refilled(now);
        return new RequestPace(limit, perSecond, Math.max(0, refilled.tokens - 1), refilled.at, slowedAt);
    }

    /**
     * Returns the pace after a request was throttled. Requests that had been made before the last slowing slow nothing
     * down again.
     *
     * @param madeAt time at which it was made
     */
    public RequestPace throttled(Instant madeAt, Instant now) {
        RequestPace refilled = refilled(now);
        return madeAt.isBefore(slowedAt)
                ? refilled
                : new RequestPace(
                        limit, Math.max(limit.perSecond() * LOWEST, perSecond / 2), 0, refilled.at, refilled.at);
    }

    /** Returns the pace after a request had any other answer. */
    public RequestPace answered(Instant now) {
        RequestPace refilled = refilled(now);
        double faster = Math.min(limit.perSecond(), perSecond + limit.perSecond() * STEP);
        return new RequestPace(limit, faster, refilled.tokens, refilled.at, slowedAt);
    }

    /** Returns the pace with the tokens that time has added. A slower pace holds fewer. */
    private RequestPace refilled(Instant now) {
        if (!now.isAfter(at)) {
            return this;
        }
        double most = Math.max(1, limit.burst() * perSecond / limit.perSecond());
        double added = Duration.between(at, now).toNanos() / SECOND * perSecond;
        return new RequestPace(limit, perSecond, Math.min(Math.max(most, tokens), tokens + added), now, slowedAt);
    }
}
