package dev.linkedrole.testing;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleReservations;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.RolePreviewer;
import dev.linkedrole.reconcile.apply.RoleApplier;
import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.reconcile.concurrency.KeyedSerialExecutor;
import dev.linkedrole.reconcile.event.EventBatchContext;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.resync.AccountScanner;
import dev.linkedrole.reconcile.resync.Resync;
import dev.linkedrole.reconcile.resync.ResyncPlanner;
import dev.linkedrole.reconcile.resync.ResyncPreviewer;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.state.PolicyCompiler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The parts of one process that share its serial executor, wired as in the service. */
public final class ServiceParts {

    /** Limits without a bound on concurrent instances, by which no account counts as slow. */
    private static final EventHandler.Limits NO_LIMITS =
            new EventHandler.Limits(Integer.MAX_VALUE, Duration.ofHours(1));

    private final KeyedSerialExecutor lanes = new KeyedSerialExecutor();
    private final Ledger ledger;
    private final Accounts accounts;
    private final Supplier<PolicyCompiler> compilers;
    private final Reconciler reconciler;
    private final Duration deletionTimeout;
    private final InstantSource clock;
    private final Retry retry;

    public ServiceParts(
            Ledger ledger,
            Accounts accounts,
            PolicyCompiler compiler,
            Duration deletionTimeout,
            InstantSource clock,
            Retry retry) {
        this(
                ledger,
                accounts,
                () -> compiler,
                deletionTimeout,
                clock,
                retry,
                () -> new LedgerOrigin.Own(),
                WriteGate.OPEN);
    }

    /**
     * Creates the parts of a process whose ledger may be restored from a backup, whose roles may be paused, and whose
     * settings may be held.
     */
    public ServiceParts(
            Ledger ledger,
            Accounts accounts,
            Supplier<PolicyCompiler> compilers,
            Duration deletionTimeout,
            InstantSource clock,
            Retry retry,
            Supplier<LedgerOrigin> origin,
            WriteGate gate) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.compilers = compilers;
        this.reconciler =
                new Reconciler(ledger, accounts, compilers, lanes, deletionTimeout, clock, retry, origin, gate);
        this.deletionTimeout = deletionTimeout;
        this.clock = clock;
        this.retry = retry;
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    /** Creates a handler without limits, with a circuit breaker that never opens. */
    public EventHandler handler() {
        return handler(NO_LIMITS);
    }

    /** Creates a handler with a circuit breaker that never opens. */
    public EventHandler handler(EventHandler.Limits limits) {
        return handler(limits, CircuitBreaker.alwaysClosed(retry));
    }

    public EventHandler handler(EventHandler.Limits limits, CircuitBreaker store) {
        EventBatchContext context = new EventBatchContext(ledger, compilers, reconciler, clock, retry, store);
        return new EventHandler(context, lanes, accounts, limits);
    }

    public Inspector inspector() {
        return new Inspector(compilers, accounts);
    }

    /** Creates a preview of the resync, which reads IAM and writes nothing. */
    public ResyncPreviewer previewer(Duration quietPeriod, int concurrency) {
        RoleApplier dry =
                new RoleApplier(RoleReservations.none(), compilers, deletionTimeout, clock, retry, reconciler::origin);
        return new ResyncPreviewer(
                ledger,
                new ResyncPlanner(compilers, quietPeriod),
                new AccountScanner(accounts, clock),
                new RolePreviewer(accounts, compilers, dry, clock),
                clock,
                concurrency);
    }

    public Operations operations(EventHandler handler, InstantSource operatorsClock) {
        return new Operations(ledger, handler, reconciler, inspector(), operatorsClock);
    }

    /** Creates a resync with a clock of its own. */
    public Resync resync(InstantSource resyncClock, Duration quietPeriod, int concurrency) {
        return new Resync(
                ledger,
                reconciler,
                lanes,
                new ResyncPlanner(compilers, quietPeriod),
                new AccountScanner(accounts, resyncClock),
                resyncClock,
                concurrency);
    }
}
