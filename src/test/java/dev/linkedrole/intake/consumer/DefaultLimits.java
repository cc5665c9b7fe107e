package dev.linkedrole.intake.consumer;

import dev.linkedrole.retry.Backoff;
import java.time.Duration;

/** Limits of the default configuration. */
public final class DefaultLimits {

    public static final ReceiverLimits LIMITS = new ReceiverLimits(
            16,
            320,
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)),
            ReceiverLimits.DEFAULT_LINGER,
            Duration.ofMinutes(1));

    private DefaultLimits() {}
}
