package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.util.List;

/** A service called over the network, with the SDK's limits of calls in the default configuration. */
public enum ModelService {
    IAM(5, Duration.ofSeconds(5), Duration.ofSeconds(20)),
    LEDGER(3, Duration.ofSeconds(5), Duration.ofSeconds(15)),
    QUEUE(3, Duration.ofSeconds(25), Duration.ofSeconds(60)),
    TARGET(3, Duration.ofSeconds(5), Duration.ofSeconds(15)),
    CONNECT(5, Duration.ofSeconds(5), Duration.ofSeconds(20));

    /** Services of a fleet whose producers send events. */
    public static final List<ModelService> OF_EVENTS = List.of(IAM, LEDGER, QUEUE, TARGET);

    /** Maximum number of attempts of a call. */
    final int attempts;

    final Duration attemptTimeout;
    final Duration timeout;

    ModelService(int attempts, Duration attemptTimeout, Duration timeout) {
        this.attempts = attempts;
        this.attemptTimeout = attemptTimeout;
        this.timeout = timeout;
    }
}
