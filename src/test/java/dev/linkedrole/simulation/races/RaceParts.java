package dev.linkedrole.simulation.races;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.ModelLedgerTable;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.reconcile.PauseGate;
import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.reconcile.guard.GuardGate;
import dev.linkedrole.reconcile.guard.GuardPolicy;
import dev.linkedrole.reconcile.guard.SettingsGuard;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.resync.Resync;
import dev.linkedrole.reconcile.resync.ResyncCoordinator;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.checks.WatchedAssociations;
import dev.linkedrole.simulation.checks.WatchedGate;
import dev.linkedrole.simulation.checks.WatchedGateway;
import dev.linkedrole.simulation.checks.WatchedInventory;
import dev.linkedrole.simulation.checks.WatchedLeases;
import dev.linkedrole.simulation.checks.WatchedLedger;
import dev.linkedrole.simulation.checks.WatchedOutbox;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.world.BelievingLeases;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.ProcessTimer;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.Wire;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.ServiceParts;
import dev.linkedrole.testing.iam.OneAccount;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The parts of a process, wired as in the service. */
public record RaceParts(
        Retry retry,
        Ledger ledger,
        Leases leases,
        EventHandler handler,
        RecordedFacts facts,
        Resync resync,
        ResyncCoordinator coordinator,
        RejectedEvents rejectedEvents,
        Operations operations,
        CircuitBreaker store,
        LedgerWatch watch,
        Optional<SettingsGuard> guard) {

    public static final Duration RESYNC_EVERY = Duration.ofMinutes(10);

    private static final Duration QUIET_PERIOD = Duration.ofHours(24);
    private static final Duration DELETION_TIMEOUT = Duration.ofSeconds(15);
    private static final int RESYNCED_AT_ONCE = 2;

    /** Bound that no change keeps, so that one is held also where no role has what it takes yet. */
    private static final int HOLD_ALWAYS = -1;

    public static RaceParts of(
            World world,
            Cloud cloud,
            RoleRules rules,
            boolean guarded,
            Safety safety,
            Defect defect,
            CrashingProcess process,
            Wire wire,
            EventHandler.Limits limits,
            Function<Retry, CircuitBreaker> breaker) {
        Retry retry = new Retry(new ProcessTimer(world.time, process), world.chance::next);
        CircuitBreaker store = breaker.apply(retry);
        Set<InstanceId> knownDeleted = new HashSet<>();
        ModelLedger model = new ModelLedger(cloud.table, wire.toLedger(), new OutboxNotifier());
        Ledger ledger = new WatchedLedger(defect.in(model), process, knownDeleted);
        Map<String, String> mayChange = defect == Defect.DOES_NOT_LOOK_AT_TAGS
                ? Map.of()
                : Map.of(RoleTags.OWNER_TAG, rules.settings().owner());
        IamModelClient iam = IamModelClient.limited(cloud.iam, wire.toIam(), mayChange);
        RoleGateway gateway = new WatchedGateway(
                defect.in(new AwsRoleGateway(iam, retry)),
                process,
                role -> knownDeleted.stream()
                        .anyMatch(instance -> instance.hex().equals(role.digits())),
                safety::beginsWrite,
                safety::violated);
        LedgerWatch watch = cloud.losesLedger()
                ? new LedgerWatch(new ModelLedgerTable(cloud.table, wire.toLedger()))
                : ModelLedgerTable.watch(cloud.table);
        WriteGate gate = cloud.pauses()
                .map(pauses -> pauses.through(wire.toLedger()))
                .filter(pauses -> defect != Defect.IGNORES_PAUSES)
                .<WriteGate>map(pauses -> new PauseGate(
                        new PauseWatch(pauses, process.clock(), process.steady()), process.clock(), false))
                .orElse(WriteGate.OPEN);
        PolicyCompiler compiler = rules.compiler();
        Optional<SettingsGuard> guard =
                guarded ? Optional.of(guard(cloud, rules, defect, ledger, wire, process, retry)) : Optional.empty();
        Supplier<PolicyCompiler> compilers =
                guard.<Supplier<PolicyCompiler>>map(known -> known).orElse(() -> compiler);
        Supplier<LedgerOrigin> origin =
                () -> defect == Defect.GOES_BY_RESTORED_LEDGER ? new LedgerOrigin.Own() : watch.origin();
        ServiceParts parts = new ServiceParts(
                ledger,
                new OneAccount(new AccountAccess(
                        gateway,
                        new AwsPolicyDocuments(iam, retry),
                        Optional.of(new WatchedInventory(new AwsAccountInventory(iam), process)))),
                compilers,
                DELETION_TIMEOUT,
                process.clock(),
                retry,
                guard.<Supplier<LedgerOrigin>>map(known -> () -> known.origin(origin.get()))
                        .orElse(origin),
                new WatchedGate(
                        guard.<WriteGate>map(known -> new GuardGate(known, gate))
                                .orElse(gate),
                        process));
        Resync resync = parts.resync(process.clock(), QUIET_PERIOD, RESYNCED_AT_ONCE);
        Leases sound = new ModelLeases(cloud.leaseModel, wire.toLedger(), process.toString());
        Leases leases = new WatchedLeases(
                defect == Defect.BELIEVES_WRITTEN_TIMES ? new BelievingLeases(sound, process.clock()) : sound,
                process,
                cloud.rounds);
        EventHandler handler = parts.handler(limits, store);
        return new RaceParts(
                retry,
                ledger,
                leases,
                handler,
                new RecordedFacts(
                        ledger, new WatchedAssociations(cloud.associations.through(wire.toLedger()), process), store),
                resync,
                new ResyncCoordinator(
                        resync, leases, process.clock(), process.steady(), retry, RESYNC_EVERY, RESYNCED_AT_ONCE),
                new RejectedEvents(
                        ledger,
                        new WatchedOutbox(model, process),
                        compilers,
                        process.clock(),
                        store,
                        retry,
                        limits.stallThreshold()),
                parts.operations(handler, process.clock()),
                store,
                watch,
                guard);
    }

    private static SettingsGuard guard(
            Cloud cloud,
            RoleRules rules,
            Defect defect,
            Ledger ledger,
            Wire wire,
            CrashingProcess process,
            Retry retry) {
        return new SettingsGuard(
                cloud.accepted.through(wire.toLedger()),
                cloud.accepted.last(),
                ledger,
                Setting.textOf(rules.catalog()),
                rules,
                new SettingsGuard.CatalogReader(text -> Defaults.CATALOG, Map.of()),
                new GuardPolicy(defect != Defect.HOLDS_NO_CHANGE, HOLD_ALWAYS),
                process.clock(),
                retry);
    }
}
