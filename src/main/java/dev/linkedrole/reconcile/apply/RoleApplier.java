package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.RoleReservations;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Applier of a desired role to IAM: creates, changes or deletes it, in the mode in which it was created. */
public final class RoleApplier {

    /**
     * Time for which IAM may report a written entity as missing, or a deleted one as existing. After it the answer
     * counts as final.
     */
    private static final Duration LAGS_AT_MOST = Duration.ofSeconds(30);

    private final RoleReservations reservations;
    private final Supplier<PolicyCompiler> compilers;
    private final Duration deletionTimeout;
    private final InstantSource clock;
    private final Retry retry;
    private final Supplier<LedgerOrigin> origin;

    /**
     * @param deletionTimeout time limit for the deletion of a service-linked role in IAM; after that the resync does
     *     the rest
     * @param origin the present verdict on the ledger
     */
    public RoleApplier(
            RoleReservations reservations,
            Supplier<PolicyCompiler> compilers,
            Duration deletionTimeout,
            InstantSource clock,
            Retry retry,
            Supplier<LedgerOrigin> origin) {
        this.reservations = reservations;
        this.compilers = compilers;
        this.deletionTimeout = deletionTimeout;
        this.clock = clock;
        this.retry = retry;
        this.origin = origin;
    }

    /** True if IAM had the time to show the writes for the newest revision. */
    public boolean isShown(RoleRecord record) {
        return record.changedAt().plus(LAGS_AT_MOST).isBefore(clock.instant());
    }

    /**
     * Makes the role as desired.
     *
     * @param record the record, with its identity
     * @param desired the desired role, compiled from the record
     * @param roles the roles of the instance's account
     */
    public Uni<RoleState> apply(RoleRecord record, DesiredRole desired, ReconcileMode mode, RoleGateway roles) {
        return switch (desired) {
            case DesiredRole.NotYet notYet -> Uni.createFrom().item(RoleState.NONE);
            case DesiredRole.Gone gone -> remove(record, DesiredRoles.identity(compilers.get(), record), roles);
            case DesiredRole.Present present ->
                present.serviceLinked()
                        ? new ServiceLinkedRoleUpserter(reservations, roles, retry, isShown(record), origin.get())
                                .bring(record, present, mode)
                        : new RoleUpserter(reservations, roles, retry, isShown(record), origin.get())
                                .bring(record, present, mode);
        };
    }

    /** Deletes a role in the mode in which it was created, even if this deployment has changed its mode since. */
    private Uni<RoleState> remove(RoleRecord record, RoleIdentity identity, RoleGateway roles) {
        return identity.serviceLinked()
                ? new ServiceLinkedRoleDeleter(roles, compilers.get().deployment(), deletionTimeout, retry)
                        .remove(record, identity)
                : new RoleDeleter(roles, compilers.get().deployment(), retry, isShown(record)).remove(record, identity);
    }
}
