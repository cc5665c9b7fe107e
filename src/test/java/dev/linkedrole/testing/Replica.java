package dev.linkedrole.testing;

import dev.linkedrole.iam.AwsRoleGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Handled;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.Resync;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** One of the service's processes, without its queues: a ledger, a way to IAM, and what stands between them. */
public final class Replica {

    private final EventHandler handler;
    private final Reconciler reconciler;
    private final Ledger ledger;
    private final InstantSource clock;

    /** One that uses the shared table, and IAM. */
    public Replica() {
        this(SharedTable.ledger(), gateway());
    }

    public Replica(Ledger ledger, RoleGateway gateway) {
        this(ledger, gateway, Clock.systemUTC());
    }

    public Replica(Ledger ledger, RoleGateway gateway, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.reconciler = new Reconciler(ledger, gateway, Defaults.COMPILER, Defaults.SETTINGS, clock);
        this.handler = new EventHandler(ledger, Defaults.COMPILER, reconciler, clock);
    }

    /** The way to IAM itself. */
    public static RoleGateway gateway() {
        return new AwsRoleGateway(Clients.IAM);
    }

    /** Takes an event whose message comes for the first time. */
    public Uni<Handled> take(RoleEvent event) {
        return handler.handle(event, false);
    }

    /** Takes an event whose message somebody had before. */
    public Uni<Handled> takeAgain(RoleEvent event) {
        return handler.handle(event, true);
    }

    /** Takes events one after the other. */
    public void takeAll(RoleEvent... events) {
        for (RoleEvent event : events) {
            Patience.await(take(event));
        }
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    /** Its resync, with a quiet period of a day. */
    public Resync resync() {
        return new Resync(ledger, reconciler, clock, Duration.ofDays(1), 2);
    }
}
