package dev.linkedrole.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.testing.LogLines;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The readiness check of the ledger returns its last result, and names the table. */
class LedgerReadyTest {

    private final AtomicReference<Uni<Optional<RoleRecord>>> answer =
            new AtomicReference<>(Uni.createFrom().item(Optional.empty()));
    private final LedgerReady ready = new LedgerReady(
            ledger(),
            "acme-roles",
            new LedgerWatch(new ModelLedgerTable(
                    new ModelTable(InstantSource.system(), () -> Duration.ZERO, false), ModelLedgerTable::atOnce)));

    @Test
    void a_missing_table_is_named() {
        // Given
        answer.set(Uni.createFrom()
                .failure(DynamoDbErrors.translate(ResourceNotFoundException.builder()
                        .message("Requested resource not found")
                        .build())));

        // When
        ready.look().await().indefinitely();

        // Then
        assertThat(why()).isEqualTo("there is no table acme-roles (linked-role.table); deploy/provision makes it");
    }

    @Test
    void the_probe_does_not_wait_for_a_ledger_that_does_not_answer() {
        // Given a ledger of which nothing comes back, after one that answered
        ready.look().await().indefinitely();
        answer.set(Uni.createFrom().nothing());

        // When it is being tried
        ready.look().subscribe().with(done -> {});

        // Then the probe says what was found last
        assertThat(ready.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void it_is_not_ready_before_it_was_tried() {
        assertThat(why()).isEqualTo("it was not tried yet");
    }

    @Test
    void trouble_and_its_end_are_logged_once() {
        try (LogLines log = LogLines.of(LedgerReady.class)) {
            // Given a ledger that is tried twice while it fails, and twice when it does not
            answer.set(Uni.createFrom().failure(new java.net.ConnectException("Connection refused")));
            ready.look().await().indefinitely();
            ready.look().await().indefinitely();
            answer.set(Uni.createFrom().item(Optional.empty()));
            ready.look().await().indefinitely();
            ready.look().await().indefinitely();

            // Then
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The ledger is not ready: the table acme-roles cannot be read: Connection refused",
                            "INFO table=acme-roles The ledger is ready again");
        }
    }

    private String why() {
        HealthCheckResponse response = ready.call();
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        return String.valueOf(response.getData().orElseThrow().get("why"));
    }

    /** Returns a ledger that permits no other call. */
    private Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("load");
                    return answer.get();
                });
    }
}
