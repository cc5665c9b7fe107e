package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.RoleReservations;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Creates or changes a service-linked role to be as desired. It differs from an ordinary role in its creation: IAM
 * chooses its name, which is recorded before anything relies on it, and creates it without tags.
 */
public final class ServiceLinkedRoleUpserter {

    private final RoleReservations ledger;
    private final RoleGateway gateway;
    private final Retry retry;
    private final boolean settled;
    private final LedgerOrigin origin;
    private final RoleUpserter upserter;

    /**
     * @param settled true if IAM had the time to show the last change
     * @param origin origin of the record
     */
    public ServiceLinkedRoleUpserter(
            RoleReservations ledger, RoleGateway gateway, Retry retry, boolean settled, LedgerOrigin origin) {
        this.ledger = ledger;
        this.gateway = gateway;
        this.retry = retry;
        this.settled = settled;
        this.origin = origin;
        this.upserter = new RoleUpserter(ledger, gateway, retry, settled, origin);
    }

    public Uni<RoleState> bring(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        if (DesiredRoles.serviceLinkedArn(record).isEmpty()) {
            return begin(record, desired, mode);
        }
        return upsert(record, mode, desired)
                .onFailure(ServiceLinkedRoleUpserter::isNotAsNamed)
                .recoverWithUni(() -> begin(record, desired, mode));
    }

    private Uni<RoleState> upsert(RoleRecord record, ReconcileMode mode, DesiredRole.Present desired) {
        RoleUpserter allowed = mode == ReconcileMode.IAM ? allowedOf(record) : upserter;
        // If its maker died before marking it as applied, the role may belong to others by now.
        return record.applied().isPresent()
                ? allowed.bring(record, desired, mode)
                : allowed.comparing(record, desired, mode);
    }

    /**
     * Returns an upserter without the changes that IAM has rejected before; they are tried again once an event requests
     * a change.
     */
    private RoleUpserter allowedOf(RoleRecord record) {
        return record.condition(Condition.Type.ProtectedRole)
                .map(known -> new RoleUpserter(ledger, new ProtectedGateway(gateway, known), retry, settled, origin))
                .orElse(upserter);
    }

    /** Creates the role, or finds the one created by a replica that died before it recorded the name. */
    private Uni<RoleState> begin(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        Step.CreateRole create = new Step.CreateRole(desired);
        return gateway.carryOut(desired.name(), create)
                .onFailure(failure -> IamCallException.is(failure, Kind.ALREADY_EXISTS))
                .recoverWithItem(Optional.empty())
                .flatMap(made -> made.map(arn -> furnish(record, desired, create, arn))
                        .orElseGet(() -> find(record, desired, mode)));
    }

    private Uni<RoleState> furnish(RoleRecord record, DesiredRole.Present desired, Step create, String arn) {
        RoleRecord made = record.made(arn);
        DesiredRole.Present named = desired.named(RoleName.ofArn(arn)).placed(made.placement());
        return retry.upTo(
                        PlanExecutor.VISIBILITY_ATTEMPTS,
                        PlanExecutor.UNTIL_VISIBLE,
                        ServiceLinkedRoleUpserter::isNotAsNamed,
                        () -> ledger.name(record.role().instance().id(), arn)
                                .chain(() -> upserter.bring(made, named, ReconcileMode.LEDGER)))
                .map(state -> state.after(new Plan(List.of(create))));
    }

    private Uni<RoleState> find(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        return retry.upTo(
                        PlanExecutor.VISIBILITY_ATTEMPTS,
                        PlanExecutor.UNTIL_VISIBLE,
                        NotSeenException.class::isInstance,
                        () -> gateway.find(
                                        desired.name(),
                                        desired.path(),
                                        desired.name().digits())
                                .map(found -> found.orElseThrow(NotSeenException::new)))
                .onFailure(NotSeenException.class)
                .transform(notSeen -> taken(desired))
                .flatMap(arn -> take(record, desired, mode, arn));
    }

    private Uni<RoleState> take(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode, String arn) {
        if (!ServiceLinkedPath.hasRole(arn)) {
            return Uni.createFrom().failure(ordinary(arn));
        }
        DesiredRole.Present named = desired.named(RoleName.ofArn(arn));
        return gateway.read(named.name())
                .flatMap(actual -> actual instanceof ActualRole.Present role && RoleUpserter.isOurs(record, role, named)
                        ? ledger.name(record.role().instance().id(), arn)
                        : Uni.createFrom().voidItem())
                .chain(() -> upserter.comparing(record, named, mode));
    }

    private static boolean isNotAsNamed(Throwable failure) {
        return IamCallException.is(failure, Kind.NOT_FOUND) || IamCallException.is(failure, Kind.ALREADY_EXISTS);
    }

    private static BlockedException ordinary(String arn) {
        return new BlockedException(
                Condition.Type.RoleNameTaken,
                arn + " is in the way, which is not service-linked: remove it, or run in the mode customer-managed");
    }

    private static BlockedException taken(DesiredRole.Present desired) {
        return new BlockedException(
                Condition.Type.RoleNameTaken,
                "IAM says that the name of the role is taken, and shows no role on " + desired.path()
                        + " which ends in " + desired.name().digits());
    }

    /** IAM reports that the role exists, but does not show it. */
    private static final class NotSeenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSeenException() {
            super("the role is not to be seen", null, false, false);
        }
    }
}
