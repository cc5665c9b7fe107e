package dev.linkedrole.connect;

import java.time.Duration;

/**
 * A rate of requests in one account and region of Amazon Connect: a token bucket.
 *
 * @param perSecond tokens that are added each second; positive
 * @param burst tokens that the bucket holds; at least 1
 * @see <a href="https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html">Amazon
 *     Connect's quotas</a>
 */
public record RequestRate(double perSecond, int burst) {

    /**
     * The rate for an account without a raised quota, which is two a second and five at once: a twentieth less, so that
     * others who use the same quota find a token at times, and come to their share.
     */
    public static final RequestRate DEFAULT = new RequestRate(1.9, 5);

    public RequestRate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate is positive, and a burst at least 1: " + perSecond + ", " + burst);
        }
    }

    /** Returns the time that requests take at this rate, if nobody else makes any. */
    public Duration time(long requests) {
        return Duration.ofMillis((long) Math.ceil(requests * 1_000 / perSecond));
    }
}
