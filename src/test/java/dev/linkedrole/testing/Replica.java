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

/** One of the service's processes, without its queues: a ledger, a way to IAM, and what stands between them. */
public final class Replica {

    private static final Duration DELETION_PATIENCE = Duration.ofSeconds(2);

    private final EventHandler handler;
    private final ServiceParts parts;
    private final InstantSource clock;

    /** One that uses the shared table, and IAM. */
    public Replica() {
        this(SharedTable.ledger(), gateway());
    }

    public Replica(Ledger ledger, RoleGateway gateway) {
        this(ledger, gateway, Clock.systemUTC());
    }

    public Replica(Ledger ledger, RoleGateway gateway, InstantSource clock) {
        this(ledger, gateway, clock, Defaults.SETTINGS);
    }

    /** One that has all roles at once from where it has each. */
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
        this.parts = new ServiceParts(ledger, accounts, compiler, DELETION_PATIENCE, clock, Retry.inRealTime());
        this.handler = parts.handler();
    }

    /** One that runs in the mode service-linked. */
    public static Replica serviceLinked(Ledger ledger, RoleGateway gateway) {
        return new Replica(ledger, gateway, Clock.systemUTC(), Defaults.SERVICE_LINKED);
    }

    /** The same, with a way to IAM of its own. */
    public static Replica serviceLinked(Ledger ledger, Accounts accounts) {
        return new Replica(ledger, accounts, Clock.systemUTC(), Defaults.SERVICE_LINKED);
    }

    /** One whose roles may have another number of policies than by default. */
    public static Replica allowing(int managedPolicies) {
        RoleSettings settings = new RoleSettings(
                Defaults.SETTINGS.namePrefix(),
                Defaults.SETTINGS.path(),
                Defaults.SETTINGS.permissionsBoundary(),
                Defaults.SETTINGS.owner(),
                managedPolicies);
        return new Replica(SharedTable.ledger(), gateway(), Clock.systemUTC(), settings);
    }

    /** The way to IAM itself. */
    public static RoleGateway gateway() {
        return new AwsRoleGateway(AwsTestClients.IAM, Retry.inRealTime());
    }

    /** Takes an event whose message comes for the first time. */
    public Uni<HandlingResult> take(RoleEvent event) {
        return handler.handle(event, false);
    }

    /** Takes an event whose message somebody had before. */
    public Uni<HandlingResult> takeAgain(RoleEvent event) {
        return handler.handle(event, true);
    }

    /** Takes events whose messages come for the first time, all at once. */
    public List<Uni<HandlingResult>> takeTogether(List<RoleEvent> events) {
        return handler.handle(
                events.stream().map(event -> new ReceivedEvent(event, false)).toList());
    }

    /** Takes events one after the other. */
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
