package dev.linkedrole.intake;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every queue and its dead-letter queue was found. */
@Readiness
@Singleton
public class QueuesReady implements AsyncHealthCheck {

    private static final String NAME = "queues";

    private final Queues queues;

    QueuesReady(Queues queues) {
        this.queues = queues;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Multi.createFrom()
                .iterable(List.of(Channel.values()))
                .onItem()
                .transformToUniAndConcatenate(queues::of)
                .collect()
                .asList()
                .map(found -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("why", String.valueOf(failure.getMessage()))
                        .build());
    }
}
