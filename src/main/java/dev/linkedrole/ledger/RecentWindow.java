package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * The stretch of time around now in which something stored may have been stored a moment ago. A time further ahead was written by a clock
 * that is wrong, and says nothing; it counts as long past, so that nothing waits until that clock's time has come.
 *
 * @param from its beginning
 * @param until its end, as far ahead as the beginning is back
 */
public record RecentWindow(Instant from, Instant until) {

    /**
     * The stretch around a moment.
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
