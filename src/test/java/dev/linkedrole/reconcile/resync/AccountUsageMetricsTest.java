package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.ExpectedFingerprint;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.OneAccount;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Usage of an account's quotas, which is asked for once with each scan. */
@Tag("aws")
class AccountUsageMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Instance instance = Instance.random();

    @Test
    void a_scanned_account_has_its_usage_and_its_quotas() {
        // When
        scan(OneAccount.local(new AwsRoleGateway(AwsTestClients.IAM, Retry.inRealTime())));

        // Then
        assertThat(value("linked.role.account.quota", "roles")).isPositive();
        assertThat(value("linked.role.account.quota", "policies")).isPositive();
        assertThat(value("linked.role.account.used", "roles")).isNotNegative();
    }

    @Test
    void an_account_that_does_not_tell_is_scanned_all_the_same() {
        // When
        AccountScanner.Found found = scan(new PagedInventory().account());

        // Then
        assertThat(found.unchanged()).isOne();
        assertThat(registry.getMeters()).isEmpty();
    }

    private AccountScanner.Found scan(Accounts accounts) {
        AccountScanner scanner =
                new AccountScanner(accounts, new ManualTime(), Optional.of(new AccountUsageMetrics(registry)));
        PolicyArns arns = new PolicyArns("", instance.roleName());
        return await(scanner.over(
                List.of(new ResyncCheck.Glance(
                        instance.arn(), instance.roleName(), ExpectedFingerprint.ofNone(arns, 0), 5)),
                1));
    }

    private double value(String name, String resource) {
        return registry.get(name)
                .tags("account", Instance.ACCOUNT, "resource", resource)
                .gauge()
                .value();
    }
}
