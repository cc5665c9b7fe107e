package dev.linkedrole.iammodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/**
 * The request rate of an account's IAM: a token bucket with the calls of one second. AWS publishes no figures.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Throttling</a>
 */
final class IamRate {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private static final double ANY = Double.MAX_VALUE;

    private final InstantSource clock;
    private final IntSupplier perSecond;
    private double tokens = ANY;
    private Instant at;

    /** @param perSecond calls a second, which may change; 0 for no limit */
    IamRate(InstantSource clock, IntSupplier perSecond) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.at = clock.instant();
    }

    synchronized void take() {
        int rate = perSecond.getAsInt();
        Instant now = clock.instant();
        tokens = rate == 0
                ? ANY
                : Math.min(rate, tokens + rate * (Duration.between(at, now).toNanos() / SECOND));
        at = now;
        if (tokens < 1) {
            throw IamFaults.throttling();
        }
        tokens--;
    }
}
