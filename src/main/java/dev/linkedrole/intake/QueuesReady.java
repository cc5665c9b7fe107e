package dev.linkedrole.intake;

import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check: up once every queue and its dead-letter queue was found, and as long as messages can be received.
 */
@Readiness
@Singleton
public class QueuesReady implements HealthCheck {

    private static final String NAME = "queues";

    private final Receivers receivers;

    QueuesReady(Receivers receivers) {
        this.receivers = receivers;
    }

    @Override
    public HealthCheckResponse call() {
        Map<Channel, String> troubles = receivers.troubles();
        if (troubles.isEmpty()) {
            return HealthCheckResponse.up(NAME);
        }
        HealthCheckResponseBuilder down = HealthCheckResponse.named(NAME).down();
        troubles.forEach((channel, why) -> down.withData(channel.channel(), why));
        return down.withData("why", troubles.values().iterator().next()).build();
    }
}
