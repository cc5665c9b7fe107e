package dev.linkedrole.iammodel;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The traffic that IAM accepts.
 *
 * @param perSecond calls a second; 0 for no limit
 * @param changing duration of the next change of a role or a policy, during which other changes of it are rejected
 */
public record IamTraffic(IntSupplier perSecond, Supplier<Duration> changing) {

    /** Unlimited traffic. */
    public static final IamTraffic ANY = new IamTraffic(() -> 0, () -> Duration.ZERO);
}
