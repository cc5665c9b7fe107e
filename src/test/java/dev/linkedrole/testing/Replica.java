package dev.linkedrole.testing;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.ReceivedEvent;
import dev.linkedrole.reconcile.resync.Resync;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.OneAccount;
import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One replica of the service without its queues: a ledger, access to IAM, and the parts between them. */
public final class Replica {

    private static final Duration DELETION_TIMEOUT = Duration.ofSeconds(2);

    private final EventHandler handler;
    private final ServiceParts parts;
    private final InstantSource clock;

    /** Creates a replica on the shared table and the local IAM. */
    public Replica() {
        this(SharedTable.ledger(), gateway());
    }

    public Replica(Ledger ledger, RoleGateway gateway) {
        this(ledger, gateway, Clock.systemUTC());
    }

    public Replica(Ledger ledger, RoleGateway gateway, InstantSource clock) {
        this(ledger, gateway, clock, Defaults.SETTINGS);
    }

    /** Creates a replica whose inventory is the same IAM as its gateway's. */
    public Replica(Ledger ledger, RoleGateway gateway, AccountInventory inventory) {
        this(
                ledger,
                new OneAccount(new AccountAccess(gateway, OneAccount.localPolicies(), Optional.of(inventory))),
                Clock.systemUTC(),
                Defaults.SETTINGS);
    }

    private Replica(Ledger ledger, RoleGateway gateway, InstantSource clock, RoleSettings settings) {
        this(ledger, OneAccount.local(gateway), clock, settings);
    }

    private Replica(Ledger ledger, Accounts accounts, InstantSource clock, RoleSettings settings) {
        PolicyCompiler compiler = new PolicyCompiler(Defaults.CATALOG, settings);
        this.clock = clock;
        this.parts = new ServiceParts(ledger, accounts, compiler, DELETION_TIMEOUT, clock, Retry.inRealTime());
        this.handler = parts.handler();
    }

    /** Creates a replica in the mode service-linked. */
    public static Replica serviceLinked(Ledger ledger, RoleGateway gateway) {
        return new Replica(ledger, gateway, Clock.systemUTC(), Defaults.SERVICE_LINKED);
    }

    /** Creates a replica in the mode service-linked with its own access to IAM. */
    public static Replica serviceLinked(Ledger ledger, Accounts accounts) {
        return new Replica(ledger, accounts, Clock.systemUTC(), Defaults.SERVICE_LINKED);
    }

    /** Creates a replica whose roles may have a number of managed policies other than the default. */
    public static Replica allowing(int managedPolicies) {
        RoleSettings settings = new RoleSettings(
                Defaults.SETTINGS.namePrefix(),
                Defaults.SETTINGS.path(),
                Defaults.SETTINGS.permissionsBoundary(),
                Defaults.SETTINGS.owner(),
                managedPolicies);
        return new Replica(SharedTable.ledger(), gateway(), Clock.systemUTC(), settings);
    }

    /** Gateway to the local IAM. */
    public static RoleGateway gateway() {
        return new AwsRoleGateway(AwsTestClients.IAM, Retry.inRealTime());
    }

    /** Handles an event whose message is delivered for the first time. */
    public Uni<HandlingResult> take(RoleEvent event) {
        return handler.handle(event, false);
    }

    /** Handles an event whose message is redelivered. */
    public Uni<HandlingResult> takeAgain(RoleEvent event) {
        return handler.handle(event, true);
    }

    /** Handles a batch of events whose messages are delivered for the first time. */
    public List<Uni<HandlingResult>> takeTogether(List<RoleEvent> events) {
        return handler.handle(
                events.stream().map(event -> new ReceivedEvent(event, false)).toList());
    }

    /** Handles events one after the other. */
    public void takeAll(RoleEvent... events) {
        for (RoleEvent event : events) {
            TestTimeout.await(take(event));
        }
    }

    public Reconciler reconciler() {
        return parts.reconciler();
    }

    /** Its resync, with a quiet period of a day. */
    public Resync resync() {
        return parts.resync(clock, Duration.ofDays(1), 2);
    }
}
