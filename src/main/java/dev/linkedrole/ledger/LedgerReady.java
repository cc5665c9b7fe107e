package dev.linkedrole.ledger;

import dev.linkedrole.role.InstanceId;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the ledger can be read. */
@Readiness
@Singleton
public class LedgerReady implements AsyncHealthCheck {

    private static final String NAME = "ledger";

    /** No instance has it: reading it takes no more permissions than the service needs anyway. */
    private static final InstanceId NOBODY = new InstanceId("00000000-0000-0000-0000-000000000000");

    private final Ledger ledger;

    LedgerReady(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return ledger.load(NOBODY)
                .map(found -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("why", String.valueOf(failure.getMessage()))
                        .build());
    }
}
