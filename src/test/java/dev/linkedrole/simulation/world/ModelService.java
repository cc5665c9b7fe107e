package dev.linkedrole.simulation.world;

import java.time.Duration;

/** A service called over the network, with the SDK's limits for its calls: as the service is configured by default. */
public enum ModelService {
    IAM(5, Duration.ofSeconds(5), Duration.ofSeconds(20)),
    LEDGER(3, Duration.ofSeconds(5), Duration.ofSeconds(15)),
    QUEUE(3, Duration.ofSeconds(25), Duration.ofSeconds(60)),
    TARGET(3, Duration.ofSeconds(5), Duration.ofSeconds(15));

    /** Number of attempts of a call in all. */
    final int attempts;

    final Duration attemptTimeout;
    final Duration timeout;

    ModelService(int attempts, Duration attemptTimeout, Duration timeout) {
        this.attempts = attempts;
        this.attemptTimeout = attemptTimeout;
        this.timeout = timeout;
    }
}
