package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ServiceParts;
import dev.linkedrole.testing.SharedTable;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events of instances that this deployment can never serve. */
@Tag("aws")
class OtherPartitionTest {

    private final Ledger ledger = SharedTable.ledger();

    @Test
    void they_are_rejected_and_nothing_is_recorded() {
        // Given
        Instance instance = Instance.randomIn("aws-cn", "cn-north-1");
        ServiceParts parts = new ServiceParts(
                ledger,
                new AccountsOfAnotherPartition(),
                Defaults.COMPILER,
                Duration.ofSeconds(2),
                Clock.systemUTC(),
                Retry.inRealTime());
        EventHandler handler = parts.handler();

        // When, and then
        assertThatThrownBy(() -> await(handler.handle(instance.created(0), false)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.rejection())
                                .isEqualTo(new Rejection(
                                        Rejection.Reason.OTHER_PARTITION,
                                        "instanceArn " + instance.arn() + " is in the partition of somebody else")));
        assertThat(await(ledger.load(instance.id()))).isEmpty();
    }

    private record AccountsOfAnotherPartition() implements Accounts {
        @Override
        public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
            throw new AssertionError("something is done for " + instance);
        }

        @Override
        public Optional<String> objection(InstanceArn instance) {
            return Optional.of("is in the partition of somebody else");
        }

        @Override
        public boolean stalled(InstanceArn instance) {
            return false;
        }
    }
}
