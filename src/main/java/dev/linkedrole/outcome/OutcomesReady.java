package dev.linkedrole.outcome;

import dev.linkedrole.ledger.OutboxBacklog;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check of publishing; its data shows the backlog and the last failure. Not ready while the target has never
 * been found, which is a configuration error; otherwise always ready, since outcomes in the outbox are safe and roles
 * do not depend on them.
 */
@Readiness
@Singleton
public class OutcomesReady implements HealthCheck {

    private final OutboxRelayService relay;

    OutcomesReady(OutboxRelayService relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("outcomes")
                .status(!relay.targetIsMissing())
                .withData("published", relay.active());
        OutboxBacklog backlog = relay.backlog();
        backlog.oldest()
                .ifPresent(
                        since -> response.withData("pending", backlog.pending()).withData("since", since.toString()));
        relay.lastFailure().ifPresent(failure -> response.withData("why", failure));
        if (relay.targetIsMissing()) {
            response.withData("why", "linked-role.outcomes.target does not exist");
        }
        return response.build();
    }
}
