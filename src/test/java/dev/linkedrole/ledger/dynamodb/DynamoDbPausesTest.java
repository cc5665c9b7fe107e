package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.pauses.PauseStore;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The item of the pauses. */
@Tag("aws")
class DynamoDbPausesTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00.123456Z");

    private final PauseStore pauses = new DynamoDbPauses(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table());
    private final PauseScope scope = new PauseScope.OfRole(Instance.random().id());

    @Test
    void a_pause_is_found_until_it_is_replaced_or_removed() {
        // Given
        Pause first = pause("an audit");
        Pause second = pause("a second look");

        // When
        await(pauses.put(first));
        await(pauses.put(second));

        // Then
        assertThat(await(pauses.all())).contains(second).doesNotContain(first);
        assertThat(await(pauses.remove(scope))).contains(second);
        assertThat(await(pauses.all())).doesNotContain(second);
        assertThat(await(pauses.remove(scope))).isEmpty();
    }

    private Pause pause(String reason) {
        return Pause.requested(scope, reason, "ann", NOW, NOW.plusSeconds(60));
    }
}
