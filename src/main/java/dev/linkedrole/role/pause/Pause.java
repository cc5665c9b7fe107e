package dev.linkedrole.role.pause;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A time in which nothing is written to IAM for some roles, at an operator's request.
 *
 * @param reason the operator's reason
 * @param caller the operator
 * @param since time of the request
 * @param until the end, by the clock of the replica that looks
 */
public record Pause(PauseScope scope, String reason, String caller, Instant since, Instant until) {

    /** Maximum duration, so that no pause is forgotten. It can be requested again. */
    public static final Duration MAX = Duration.ofDays(31);

    private static final int MAX_REASON = 500;

    /**
     * Creates a requested pause.
     *
     * @param now the present time
     * @throws InvalidValueException if the reason is not one line of text, or the end is not within {@link #MAX}
     */
    public static Pause requested(PauseScope scope, String reason, String caller, Instant now, Instant until) {
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("reason must be one line of 1 to " + MAX_REASON + " characters");
        }
        if (!until.isAfter(now) || until.isAfter(now.plus(MAX))) {
            throw new InvalidValueException("until must be after now, which is " + now.truncatedTo(ChronoUnit.SECONDS)
                    + ", and at most " + MAX.toDays() + " days later, not " + until);
        }
        return new Pause(scope, reason.strip(), caller, now, until);
    }

    /** True until its end. */
    public boolean inForce(Instant now) {
        return now.isBefore(until);
    }

    /** Returns the condition of the roles in its scope. */
    public Condition condition() {
        return new Condition(
                Condition.Type.Paused,
                "events are recorded, and nothing is written to IAM until " + until + ": " + reason + " ("
                        + scope.text() + ", paused by " + caller + ")",
                since);
    }
}
