package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Window of time around now, for stored times that may be recent. A time beyond its end was written by a wrong clock,
 * and counts as long past, so that nothing waits for that clock's time.
 *
 * @param from its beginning
 * @param until its end, as far ahead as the beginning is back
 */
public record RecentWindow(Instant from, Instant until) {

    /**
     * Creates the window around a moment.
     *
     * @param span length of the window, back and ahead
     */
    public static RecentWindow around(Instant now, Duration span) {
        return new RecentWindow(now.minus(span), now.plus(span));
    }

    /** True if a stored time may lie within the window. */
    public boolean includes(Instant stored) {
        return !stored.isBefore(from) && !stored.isAfter(until);
    }
}
