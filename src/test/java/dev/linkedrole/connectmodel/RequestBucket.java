package dev.linkedrole.connectmodel;

import java.time.Duration;
import java.time.Instant;

/** The rate that Amazon Connect takes in one account and region: a token bucket, full in the beginning. */
public final class RequestBucket {

    private static final double SECOND = 1e9;
    private static final double ROUNDING = 1e-6;

    private final double perSecond;
    private final int burst;
    private double tokens;
    private Instant at;

    public RequestBucket(double perSecond, int burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    /** Takes a token, if there is one. */
    public boolean take(Instant now) {
        tokens = Math.min(burst, tokens + perSecond * (Duration.between(at, now).toNanos() / SECOND));
        at = now;
        boolean taken = tokens >= 1 - ROUNDING;
        tokens -= taken ? 1 : 0;
        return taken;
    }
}
