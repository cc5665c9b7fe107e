package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.PolicyDocument;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Brings a role that has to exist to what it has to be, and touches none that is not ours. */
final class Growth {

    private final RoleGateway gateway;
    private final Steps steps;

    Growth(RoleGateway gateway) {
        this.gateway = gateway;
        this.steps = new Steps(gateway);
    }

    Uni<RoleState> bring(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        if (wanted.charactersOver() > 0) {
            return Uni.createFrom().failure(tooLarge(wanted));
        }
        return switch (basis) {
            case LEDGER, REWRITE -> trusting(record, wanted, basis);
            case IAM -> comparing(record, wanted, basis);
        };
    }

    /** Without looking; and if IAM's answer shows that the ledger was wrong, with. */
    private Uni<RoleState> trusting(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        Optional<Footprint> known = record.applied().map(applied -> believed(applied, basis));
        return carryOut(wanted, Plan.toward(wanted, known), record.roleArn())
                .onFailure(failure -> IamCallException.is(failure, Kind.ALREADY_EXISTS)
                        || IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> comparing(record, wanted, basis));
    }

    private Uni<RoleState> comparing(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        return gateway.read(wanted.name()).flatMap(actual -> switch (actual) {
            case ActualRole.Missing() -> carryOut(wanted, Plan.toward(wanted, Optional.empty()), Optional.empty());
            case ActualRole.Present role
            when role.has(wanted.tags()) || adopted(record, role, wanted) -> {
                Footprint known = believed(role.footprint(wanted), basis);
                yield carryOut(wanted, Plan.toward(wanted, Optional.of(known)), Optional.of(role.arn()));
            }
            case ActualRole.Present role -> Uni.createFrom().failure(taken(role, wanted));
        });
    }

    private static boolean adopted(RoleRecord record, ActualRole.Present role, WantedRole.Present wanted) {
        return record.role()
                .adoptedAt()
                .filter(word -> role.mayBeAdopted(wanted.tags(), word))
                .isPresent();
    }

    /** Policies that have to be written anyway are written whatever was read, too: IAM may still show what was before. */
    private static Footprint believed(Footprint known, Basis basis) {
        return basis == Basis.REWRITE ? known.withoutPolicyContent() : known;
    }

    private Uni<RoleState> carryOut(WantedRole.Present wanted, Plan plan, Optional<String> knownArn) {
        return steps.carryOut(wanted.name(), plan)
                .map(arn -> new RoleState(arn.or(() -> knownArn), Optional.of(wanted.footprint()), plan.steps()));
    }

    private static HeldException taken(ActualRole.Present role, WantedRole.Present wanted) {
        return new HeldException(
                Condition.Type.RoleNameTaken,
                role.arn() + " exists without the tags " + wanted.tags()
                        + "; it is left as it is until it is removed or an operator adopts it");
    }

    static HeldException tooLarge(WantedRole.Present wanted) {
        return new HeldException(
                Condition.Type.PolicyTooLarge,
                "the permissions are " + wanted.charactersOver() + " characters over the "
                        + PolicyDocument.MAX_INLINE_SIZE + " that IAM lets the inline policies of a role have");
    }
}
