package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Bound on how far the time of an event may be ahead of this service's clock. No event from before that time could
 * overrule an event from the future.
 *
 * @param clock this service's clock
 * @param ahead maximum time by which an event may be ahead of it
 */
public record ClockTolerance(InstantSource clock, Duration ahead) {

    /**
     * Checks the time of an event.
     *
     * @throws RejectedException if it is too far ahead
     */
    void check(Instant time) {
        Instant now = clock.instant();
        if (time.isAfter(now.plus(ahead))) {
            throw new RejectedException(new Rejection(
                            Reason.TIME_IN_THE_FUTURE,
                            "must be at most " + asConfigured(ahead) + " ahead of this service's clock, which says "
                                    + now.truncatedTo(ChronoUnit.SECONDS) + ", not " + time)
                    .of("time"));
        }
    }

    /** Formats a duration as it is configured, such as 24h. */
    private static String asConfigured(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
