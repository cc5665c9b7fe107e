package dev.linkedrole.reconcile.resync;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.reconcile.resync.AccountScan.NoInventoryException;
import dev.linkedrole.reconcile.resync.AccountScan.ScanResult;
import dev.linkedrole.role.model.InstanceArn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scans accounts where that takes fewer calls than reading our roles one by one. */
public final class AccountScanner {

    /** Time for which an account is assumed to have as many pages as last seen. */
    private static final Duration REMEMBERED = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(AccountScanner.class);

    private final Accounts accounts;
    private final InstantSource clock;

    /** Sizes by account. There are no more accounts than roles. */
    private final Map<String, Size> sizes = new ConcurrentHashMap<>();

    private final Optional<AccountUsageMetrics> usages;
    private final Map<String, String> rejected = new ConcurrentHashMap<>();

    /** Creates a scanner that does not ask for quotas. */
    public AccountScanner(Accounts accounts, InstantSource clock) {
        this(accounts, clock, Optional.empty());
    }

    /** @param usages recipient of each scanned account's usage of its quotas, which costs one more call */
    public AccountScanner(Accounts accounts, InstantSource clock, Optional<AccountUsageMetrics> usages) {
        this.accounts = accounts;
        this.clock = clock;
        this.usages = usages;
    }

    /** Number of pages of an account, or a lower bound of it. */
    private record Size(int pages, Instant at) {}

    /**
     * The findings of a scan.
     *
     * @param differing roles that do not look as expected
     * @param unknown roles that have to be read one by one
     * @param unchanged number of roles that look as expected
     */
    record Found(List<InstanceArn> differing, List<InstanceArn> unknown, long unchanged) {}

    /**
     * Scans the accounts of all roles for which a glance is enough.
     *
     * @param atOnce maximum number of concurrent scans
     * @return never fails
     */
    Uni<Found> over(List<ResyncCheck> checks, int atOnce) {
        List<InstanceArn> differing = new ArrayList<>();
        List<InstanceArn> unknown = new ArrayList<>();
        Map<String, List<ResyncCheck.Glance>> byAccount = new LinkedHashMap<>();
        long nothing = 0;
        for (ResyncCheck check : checks) {
            switch (check) {
                case ResyncCheck.Nothing none -> nothing++;
                case ResyncCheck.Look(InstanceArn instance) -> unknown.add(instance);
                case ResyncCheck.Glance glance ->
                    byAccount
                            .computeIfAbsent(accountOf(glance.instance()), account -> new ArrayList<>())
                            .add(glance);
            }
        }
        long unchanged = nothing;
        return Multi.createFrom()
                .iterable(byAccount.entrySet())
                .onItem()
                .transformToUni(account -> over(account.getKey(), account.getValue()))
                .merge(atOnce)
                .collect()
                .asList()
                .map(all -> {
                    all.forEach(scan -> differing.addAll(scan.differing()));
                    all.forEach(scan -> unknown.addAll(scan.unknown()));
                    long seen = all.stream().mapToLong(ScanResult::unchanged).sum();
                    return new Found(differing, unknown, unchanged + seen);
                });
    }

    private static String accountOf(InstanceArn instance) {
        return instance.partition() + ":" + instance.account();
    }

    private Uni<ScanResult> over(String account, List<ResyncCheck.Glance> roles) {
        return isWorthIt(account, roles)
                ? new AccountScan(accounts, roles)
                        .run()
                        .invoke(scan -> note(account, scan))
                        .call(scan -> usages.filter(metrics -> scan.failure().isEmpty())
                                .map(metrics -> metrics.readFor(
                                        accounts, roles.getFirst().instance()))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                : Uni.createFrom()
                        .item(new ScanResult(
                                List.of(),
                                roles.stream().map(ResyncCheck.Glance::instance).toList(),
                                0,
                                0,
                                Optional.empty()));
    }

    private boolean isWorthIt(String account, List<ResyncCheck.Glance> roles) {
        Size known = sizes.get(account);
        int pages = known == null || known.at().plus(REMEMBERED).isBefore(clock.instant()) ? 1 : known.pages();
        return pages < AccountScan.callsOneByOne(roles);
    }

    private void note(String account, ScanResult scan) {
        if (scan.failure().isPresent()) {
            logFailure(account, scan.failure().get());
            return;
        }
        // An abandoned scan has shown that there are more pages than it read.
        int pages = scan.unknown().isEmpty() ? scan.pages() : scan.pages() + 1;
        sizes.put(account, new Size(pages, clock.instant()));
        if (rejected.remove(account) != null) {
            LOG.atInfo().addKeyValue("account", account).log("All roles of the account can be had at once now");
        }
    }

    /** Logs a failed scan once. Each round tries again all the same, which costs one call. */
    private void logFailure(String account, Throwable failure) {
        boolean lasting =
                failure instanceof NoInventoryException || (failure instanceof IamCallException iam && iam.isFinal());
        String why = String.valueOf(failure.getMessage());
        if (lasting && rejected.put(account, why) == null) {
            LOG.atWarn()
                    .addKeyValue("account", account)
                    .log(
                            "The roles of the account are read one by one, since all at once they are not to be had: {}",
                            why);
        } else if (!lasting) {
            LOG.atInfo()
                    .addKeyValue("account", account)
                    .log("The roles of the account are read one by one in this round: {}", why);
        }
    }
}
