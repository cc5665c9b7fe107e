package dev.linkedrole.reconcile.resync;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountUsage;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceArn;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges of how much of its quotas each account uses. An account has its series once it was scanned. */
@Singleton
public final class AccountUsageMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(AccountUsageMetrics.class);

    private static final AccountUsage NONE = new AccountUsage(0, 0, 0, 0);

    private final Map<String, AccountUsage> usages = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    public AccountUsageMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Reads the usage of the account of an instance, and notes it. Never fails: nothing depends on it. */
    Uni<Void> readFor(Accounts accounts, InstanceArn any) {
        return accounts.inAccountOf(any, AccountUsageMetrics::usage)
                .invoke(found -> found.ifPresent(usage -> note(any.account(), usage)))
                .onFailure()
                .invoke(failure -> LOG.atDebug()
                        .addKeyValue("account", any.account())
                        .log("The account's quotas could not be read: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static Uni<Optional<AccountUsage>> usage(AccountAccess account) {
        return account.inventory()
                .map(inventory -> inventory.usage())
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** Notes the usage of an account, as it was found just now. */
    public void note(String account, AccountUsage usage) {
        if (usages.put(account, usage) == null) {
            used(account, "roles", AccountUsage::roles);
            used(account, "policies", AccountUsage::policies);
            quota(account, "roles", AccountUsage::rolesQuota);
            quota(account, "policies", AccountUsage::policiesQuota);
        }
    }

    private void used(String account, String resource, ToDoubleFunction<AccountUsage> number) {
        gauge(
                "linked.role.account.used",
                "Roles and managed policies in an account, of all owners.",
                account,
                resource,
                number);
    }

    private void quota(String account, String resource, ToDoubleFunction<AccountUsage> number) {
        gauge(
                "linked.role.account.quota",
                "Maximum number of roles and managed policies in an account.",
                account,
                resource,
                number);
    }

    private void gauge(
            String name, String help, String account, String resource, ToDoubleFunction<AccountUsage> number) {
        Gauge.builder(name, usages, all -> number.applyAsDouble(all.getOrDefault(account, NONE)))
                .description(help)
                .tag("account", account)
                .tag("resource", resource)
                .register(registry);
    }
}
