package dev.linkedrole.outcome;

import dev.linkedrole.ledger.OutboxBacklog;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether outcomes wait, and why. Not ready while the target was never there, which is a mistake in the configuration; else always: what is
 * in the outbox is safe, and roles do not depend on it.
 */
@Readiness
@Singleton
public class OutcomesReady implements HealthCheck {

    private final OutboxRelayService telling;

    OutcomesReady(OutboxRelayService telling) {
        this.telling = telling;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("outcomes")
                .status(!telling.targetIsMissing())
                .withData("published", telling.active());
        OutboxBacklog backlog = telling.backlog();
        backlog.oldest()
                .ifPresent(
                        since -> response.withData("waiting", backlog.waiting()).withData("since", since.toString()));
        telling.lastFailure().ifPresent(failure -> response.withData("why", failure));
        if (telling.targetIsMissing()) {
            response.withData("why", "linked-role.outcomes.target does not exist");
        }
        return response.build();
    }
}
