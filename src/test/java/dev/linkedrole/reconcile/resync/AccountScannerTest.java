package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.reconcile.resync.AccountScanner.Found;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ExpectedFingerprint;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.iam.OneAccount;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests of the decision whether a scan of a whole account is worth its calls. */
class AccountScannerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SIX_HOURS = Duration.ofHours(6);

    private final ManualTime time = new ManualTime();
    private final PagedInventory inventory = new PagedInventory();
    private final AccountScanner sweeps = new AccountScanner(inventory.account(), time);

    @Test
    void roles_fit_for_a_scan_are_scanned_and_the_rest_is_read_one_by_one() {
        // Given
        Instance unknown = Instance.random();
        Instance isThere = Instance.random();
        Instance notThere = Instance.random();
        inventory.roles.add(role(isThere));

        // When
        Found found = over(
                new ResyncCheck.Nothing(),
                new ResyncCheck.Look(unknown.arn()),
                new ResyncCheck.Nothing(),
                noRole(isThere, 2),
                noRole(notThere, 2));

        // Then
        assertThat(found.unknown()).containsExactly(unknown.arn());
        assertThat(found.differing()).containsExactly(isThere.arn());
        assertThat(found.unchanged()).isEqualTo(3);
        assertThat(inventory.read).hasSize(1);
    }

    @Test
    void one_role_that_costs_one_call_is_read_by_itself() {
        // Given
        Instance instance = Instance.random();

        // When
        Found found = over(noRole(instance, 1));

        // Then
        assertThat(found.unknown()).containsExactly(instance.arn());
        assertThat(found.unchanged()).isZero();
        assertThat(inventory.read).isEmpty();
    }

    @Test
    void an_account_with_as_many_pages_as_calls_is_scanned_every_six_hours() {
        // Given
        inventory.pages = 2;
        ResyncCheck role = noRole(Instance.random(), 2);
        assertThat(over(role).unchanged()).isOne();
        assertThat(inventory.read).hasSize(2);

        // Then
        time.pass(SIX_HOURS);
        assertThat(over(role).unknown()).hasSize(1);
        assertThat(inventory.read).hasSize(2);

        // And when that is so long ago that it may have fewer by now
        time.pass(SECOND);
        assertThat(over(role).unchanged()).isOne();
        assertThat(inventory.read).hasSize(4);
    }

    @Test
    void an_abandoned_account_counts_as_one_page_more_than_was_read() {
        // Given
        inventory.pages = 100;
        assertThat(over(noRole(Instance.random(), 3)).unknown()).hasSize(1);
        assertThat(inventory.read).hasSize(3);

        // Then
        assertThat(over(noRole(Instance.random(), 4)).unknown()).hasSize(1);
        assertThat(inventory.read).hasSize(3);
        assertThat(over(noRole(Instance.random(), 5)).unknown()).hasSize(1);
        assertThat(inventory.read).hasSize(3 + 5);
    }

    @Test
    void an_unavailable_account_is_logged_once_and_so_is_its_return() {
        try (LogLines log = LogLines.of(AccountScanner.class)) {
            // Given
            inventory.failure = Optional.of(new IamCallException(Kind.REFUSED, "no", new IllegalStateException()));
            ResyncCheck role = noRole(Instance.random(), 3);

            // When
            over(role);
            over(role);

            // Then it is tried each time
            assertThat(inventory.read).hasSize(2);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .endsWith("not to be had: no");

            // And when it is to be had
            inventory.failure = Optional.empty();
            over(role);
            over(role);
            assertThat(log.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("INFO")
                    .endsWith("at once now");
        }
    }

    @Test
    void an_account_whose_roles_are_to_be_had_one_by_one_only_is_told_of_once() {
        try (LogLines log = LogLines.of(AccountScanner.class)) {
            // Given
            AccountScanner without = new AccountScanner(new OneAccount(inventory.withoutInventory()), time);
            List<ResyncCheck> role = List.of(noRole(Instance.random(), 3));

            // When
            await(without.over(role, 2));
            await(without.over(role, 2));

            // Then
            assertThat(log.lines()).singleElement().asString().startsWith("WARN");
        }
    }

    @Test
    void each_account_is_looked_over_by_itself() {
        // When
        Found found = over(noRole(Instance.random(), 2), noRole(Instance.randomIn("444455556666"), 2));

        // Then
        assertThat(found.unchanged()).isEqualTo(2);
        assertThat(inventory.read).hasSize(2);
    }

    @Test
    void what_may_pass_is_told_each_time() {
        try (LogLines log = LogLines.of(AccountScanner.class)) {
            // Given
            inventory.failure = Optional.of(new IamCallException(Kind.TRANSIENT, "later", new IllegalStateException()));

            // When
            over(noRole(Instance.random(), 3));
            over(noRole(Instance.random(), 3));

            // Then
            assertThat(log.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).startsWith("INFO").endsWith("in this round: later"));
        }
    }

    private Found over(ResyncCheck... dues) {
        return await(sweeps.over(List.of(dues), 2));
    }

    private static ResyncCheck noRole(Instance instance, int calls) {
        return new ResyncCheck.Glance(
                instance.arn(),
                instance.roleName(),
                ExpectedFingerprint.ofNone(new PolicyArns("", instance.roleName()), 0),
                calls);
    }

    private static ActualRole.Present role(Instance instance) {
        return new ActualRole.Present(
                "arn:aws:iam::111122223333:role/" + instance.roleName(),
                Instant.EPOCH,
                "",
                "{}",
                Map.of(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeSet<>());
    }
}
