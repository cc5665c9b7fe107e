package dev.linkedrole.iammodel;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The traffic that IAM accepts.
 *
 * @param perSecond how many calls a second; 0 for as many as one likes
 * @param changing how long the next change of a role or a policy takes, until which no other change of it is let in
 */
public record IamTraffic(IntSupplier perSecond, Supplier<Duration> changing) {

    /** Unlimited traffic. */
    public static final IamTraffic ANY = new IamTraffic(() -> 0, () -> Duration.ZERO);
}
