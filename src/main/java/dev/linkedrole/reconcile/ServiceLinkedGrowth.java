package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.LedgerOrigin;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.ServiceLinkedPath;
import dev.linkedrole.role.Step;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Brings a service-linked role that has to exist to what it has to be. What differs from an ordinary one is how it begins: IAM
 * chooses its name, which is recorded before it is relied on, and makes it without tags.
 */
final class ServiceLinkedGrowth {

    private final Ledger ledger;
    private final RoleGateway gateway;
    private final Retry retry;
    private final boolean settled;
    private final LedgerOrigin origin;
    private final Growth growth;

    /**
     * @param settled whether so much time has gone by since the last change that IAM shows it
     * @param origin where the record is from
     */
    ServiceLinkedGrowth(Ledger ledger, RoleGateway gateway, Retry retry, boolean settled, LedgerOrigin origin) {
        this.ledger = ledger;
        this.gateway = gateway;
        this.retry = retry;
        this.settled = settled;
        this.origin = origin;
        this.growth = new Growth(ledger, gateway, retry, settled, origin);
    }

    Uni<RoleState> bring(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        if (Named.serviceLinkedArn(record).isEmpty()) {
            return begin(record, wanted, basis);
        }
        return growthOf(record, basis, wanted)
                .onFailure(ServiceLinkedGrowth::isNotAsNamed)
                .recoverWithUni(() -> begin(record, wanted, basis));
    }

    private Uni<RoleState> growthOf(RoleRecord record, Basis basis, WantedRole.Present wanted) {
        Growth allowed = basis == Basis.IAM ? allowedOf(record) : growth;
        // Where its maker did not live to say that it is as it should be, it may be anybody's by now.
        return record.applied().isPresent()
                ? allowed.bring(record, wanted, basis)
                : allowed.comparing(record, wanted, basis);
    }

    /** What IAM has once refused to change it is not asked for again, until there is an event that asks for something new. */
    private Growth allowedOf(RoleRecord record) {
        return record.condition(Condition.Type.ProtectedRole)
                .map(known -> new Growth(ledger, new ProtectedGateway(gateway, known), retry, settled, origin))
                .orElse(growth);
    }

    /** Makes the role, or finds the one that somebody has made who did not live to record its name. */
    private Uni<RoleState> begin(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        Step.CreateRole create = new Step.CreateRole(wanted);
        return gateway.carryOut(wanted.name(), create)
                .onFailure(failure -> IamCallException.is(failure, Kind.ALREADY_EXISTS))
                .recoverWithItem(Optional.empty())
                .flatMap(made -> made.map(arn -> furnish(record, wanted, create, arn))
                        .orElseGet(() -> find(record, wanted, basis)));
    }

    private Uni<RoleState> furnish(RoleRecord record, WantedRole.Present wanted, Step create, String arn) {
        RoleRecord made = record.made(arn);
        WantedRole.Present named = wanted.named(RoleName.ofArn(arn)).placed(made.placement());
        return retry.upTo(
                        Steps.VISIBILITY_ATTEMPTS,
                        Steps.UNTIL_VISIBLE,
                        ServiceLinkedGrowth::isNotAsNamed,
                        () -> ledger.name(record.role().instance().id(), arn)
                                .chain(() -> growth.bring(made, named, Basis.LEDGER)))
                .map(state -> state.after(new Plan(List.of(create))));
    }

    private Uni<RoleState> find(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        return retry.upTo(
                        Steps.VISIBILITY_ATTEMPTS,
                        Steps.UNTIL_VISIBLE,
                        NotSeenException.class::isInstance,
                        () -> gateway.find(
                                        wanted.name(),
                                        wanted.path(),
                                        wanted.name().digits())
                                .map(found -> found.orElseThrow(NotSeenException::new)))
                .onFailure(NotSeenException.class)
                .transform(notSeen -> taken(wanted))
                .flatMap(arn -> take(record, wanted, basis, arn));
    }

    private Uni<RoleState> take(RoleRecord record, WantedRole.Present wanted, Basis basis, String arn) {
        if (!ServiceLinkedPath.hasRole(arn)) {
            return Uni.createFrom().failure(ordinary(arn));
        }
        WantedRole.Present named = wanted.named(RoleName.ofArn(arn));
        return gateway.read(named.name())
                .flatMap(actual -> actual instanceof ActualRole.Present role && Growth.isOurs(record, role, named)
                        ? ledger.name(record.role().instance().id(), arn)
                        : Uni.createFrom().voidItem())
                .chain(() -> growth.comparing(record, named, basis));
    }

    private static boolean isNotAsNamed(Throwable failure) {
        return IamCallException.is(failure, Kind.NOT_FOUND) || IamCallException.is(failure, Kind.ALREADY_EXISTS);
    }

    private static HeldException ordinary(String arn) {
        return new HeldException(
                Condition.Type.RoleNameTaken,
                arn + " is in the way, which is not service-linked: remove it, or run in the mode customer-managed");
    }

    private static HeldException taken(WantedRole.Present wanted) {
        return new HeldException(
                Condition.Type.RoleNameTaken,
                "IAM says that the name of the role is taken, and shows no role on " + wanted.path() + " which ends in "
                        + wanted.name().digits());
    }

    /** IAM says that there is a role, and does not show it. */
    private static final class NotSeenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSeenException() {
            super("the role is not to be seen", null, false, false);
        }
    }
}
