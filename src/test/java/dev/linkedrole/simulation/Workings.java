package dev.linkedrole.simulation;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AwsCensus;
import dev.linkedrole.iam.AwsPolicyDocuments;
import dev.linkedrole.iam.AwsRoleGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.ModelLedgerTable;
import dev.linkedrole.ledger.OutboxBell;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Operations;
import dev.linkedrole.reconcile.RefusedEvents;
import dev.linkedrole.reconcile.Resync;
import dev.linkedrole.reconcile.Shifts;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleSettings;
import dev.linkedrole.role.RoleTags;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.OneAccount;
import dev.linkedrole.testing.ServiceParts;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is in a process: the service's own parts, put together as the service does. */
record Workings(
        Retry retry,
        EventHandler handler,
        Resync resync,
        Shifts shifts,
        RefusedEvents refusedEvents,
        Operations operations,
        CircuitBreaker store) {

    static final Duration RESYNC_EVERY = Duration.ofMinutes(10);

    private static final Duration QUIET_PERIOD = Duration.ofHours(24);
    private static final Duration DELETION_PATIENCE = Duration.ofSeconds(15);
    private static final int RESYNCED_AT_ONCE = 2;

    static Workings of(
            World world,
            Cloud cloud,
            RoleSettings settings,
            Safety safety,
            Defect defect,
            MortalProcess process,
            Wire wire,
            EventHandler.Limits limits,
            Function<Retry, CircuitBreaker> breaker) {
        Retry retry = new Retry(new ProcessTimer(world.time, process), world.chance::next);
        CircuitBreaker store = breaker.apply(retry);
        PolicyCompiler compiler = new PolicyCompiler(Defaults.CATALOG, settings);
        Set<InstanceId> knownDeleted = new HashSet<>();
        ModelLedger model = new ModelLedger(cloud.table, wire.toLedger(), new OutboxBell());
        Ledger ledger = new WatchedLedger(defect.in(model), process, knownDeleted);
        Map<String, String> mayChange =
                defect == Defect.DOES_NOT_LOOK_AT_TAGS ? Map.of() : Map.of(RoleTags.OWNER_TAG, settings.owner());
        IamModelClient iam = IamModelClient.limited(cloud.iam, wire.toIam(), mayChange);
        RoleGateway gateway = new WatchedGateway(
                defect.in(new AwsRoleGateway(iam, retry)),
                process,
                role -> knownDeleted.stream()
                        .anyMatch(instance -> instance.hex().equals(role.digits())),
                safety::violated);
        LedgerWatch watch = ModelLedgerTable.watch(cloud.table);
        ServiceParts parts = new ServiceParts(
                ledger,
                new OneAccount(new AccountAccess(
                        gateway,
                        new AwsPolicyDocuments(iam, retry),
                        Optional.of(new WatchedCensus(new AwsCensus(iam), process)))),
                compiler,
                DELETION_PATIENCE,
                process.clock(),
                retry,
                watch::origin);
        Resync resync = parts.resync(process.clock(), QUIET_PERIOD, RESYNCED_AT_ONCE);
        Leases sound = new ModelLeases(cloud.shares, wire.toLedger(), process.toString());
        Leases leases = new WatchedLeases(
                defect == Defect.BELIEVES_WRITTEN_TIMES ? new BelievingLeases(sound, process.clock()) : sound,
                process,
                cloud.rounds);
        EventHandler handler = parts.handler(limits, store);
        return new Workings(
                retry,
                handler,
                resync,
                new Shifts(resync, leases, process.clock(), process.steady(), retry, RESYNC_EVERY, RESYNCED_AT_ONCE),
                new RefusedEvents(
                        ledger,
                        new WatchedOutbox(model, process),
                        compiler,
                        process.clock(),
                        store,
                        retry,
                        limits.slowAfter()),
                parts.operations(handler, process.clock()),
                store);
    }
}
