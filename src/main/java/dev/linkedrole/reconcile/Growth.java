package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Difference;
import dev.linkedrole.role.Drift;
import dev.linkedrole.role.Facet;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.KnownRole;
import dev.linkedrole.role.LedgerOrigin;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.Planner;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.PolicyDocument;
import dev.linkedrole.role.RoleIdentity;
import dev.linkedrole.role.RoleTags;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings a role that has to exist to what it has to be, and touches none that is not ours. */
final class Growth {

    private static final Set<Kind> LEDGER_WAS_WRONG = Set.of(Kind.ALREADY_EXISTS, Kind.NOT_FOUND, Kind.LIMIT_EXCEEDED);

    /** What may be said of a role although it is as the ledger says. */
    private static final Set<Condition.Type> NO_REASON_TO_LOOK =
            EnumSet.of(Condition.Type.PolicyTooLarge, Condition.Type.GrantNotInCatalog, Condition.Type.ProtectedRole);

    private final Ledger ledger;
    private final RoleGateway gateway;
    private final Survey survey;
    private final Steps steps;
    private final Retry retry;
    private final boolean settled;
    private final LedgerOrigin origin;

    /**
     * @param settled whether so much time has gone by since the last change that IAM shows it
     * @param origin where the record is from
     */
    Growth(Ledger ledger, RoleGateway gateway, Retry retry, boolean settled, LedgerOrigin origin) {
        this.ledger = ledger;
        this.gateway = gateway;
        this.survey = new Survey(gateway);
        this.steps = new Steps(gateway, retry);
        this.retry = retry;
        this.settled = settled;
        this.origin = origin;
    }

    /**
     * Does it.
     *
     * @param wanted placed by where the record says that everything is
     */
    Uni<RoleState> bring(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        if (wanted.charactersOver() > 0) {
            return Uni.createFrom().failure(tooLarge(wanted));
        }
        return mayTrust(record, wanted, basis) ? trusting(record, wanted, basis) : comparing(record, wanted, basis);
    }

    /**
     * Whether the ledger knows enough. Not of a role with several policies that somebody else may have written: to write all of
     * them anew whatever they say, one has to know what there is. Nor of one that something was the matter with, or whose tags are to become
     * others: it may be somebody else's by now. And nothing of a ledger that was restored: what it does not know would be written over.
     */
    private boolean mayTrust(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        return !origin.onlyGrows(record.role())
                && record.conditions().stream().allMatch(known -> NO_REASON_TO_LOOK.contains(known.type()))
                && knowsEnough(record, wanted, basis);
    }

    private static boolean knowsEnough(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        boolean onePolicy = record.homes() == 0 && wanted.packing().managedPolicies() == 0;
        boolean placementKnown = record.applied().isEmpty()
                ? record.homes() == 0
                : record.roleArn().isPresent() && !record.placement().isEmpty();
        boolean sameTags = record.applied()
                .filter(left -> !left.mayHaveSame(new Facet.Tags(), wanted.footprint()))
                .isEmpty();
        return sameTags
                && switch (basis) {
                    case LEDGER -> onePolicy || placementKnown;
                    case REWRITE -> onePolicy;
                    case IAM -> false;
                };
    }

    /** Without looking; and if IAM's answer shows that the ledger was wrong, with. */
    private Uni<RoleState> trusting(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        Uni<RoleState> done = record.applied().isPresent() && record.roleArn().isPresent()
                ? change(
                        record,
                        wanted,
                        believed(record.applied().get(), basis),
                        record.roleArn().get())
                : create(record, wanted, basis);
        return done.onFailure(
                        failure -> failure instanceof IamCallException iam && LEDGER_WAS_WRONG.contains(iam.kind()))
                .recoverWithUni(() -> comparing(record, wanted, basis));
    }

    /** With a look at IAM, and only if what is there is ours. */
    Uni<RoleState> comparing(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        return comparing(record, wanted, basis, true);
    }

    private Uni<RoleState> comparing(RoleRecord record, WantedRole.Present wanted, Basis basis, boolean mayLookAgain) {
        return look(record, wanted, basis).flatMap(actual -> switch (actual) {
            case ActualRole.Missing() ->
                create(record, wanted, basis)
                        .map(state -> record.applied().isPresent()
                                ? state.after(List.of(Difference.ofRole(Difference.Kind.MISSING)))
                                : state)
                        // Somebody else has made it since, or IAM has only just come to show it.
                        .onFailure(failure -> mayLookAgain && IamCallException.is(failure, Kind.ALREADY_EXISTS))
                        .recoverWithUni(() -> comparing(record, wanted, basis, false));
            case ActualRole.Present role
            when wanted.otherDeployment(role.tags()).isPresent() ->
                Uni.createFrom()
                        .failure(contested(
                                role.arn(), wanted.otherDeployment(role.tags()).get()));
            case ActualRole.Present role
            when isOurs(record, role, wanted) -> looking(record, wanted, role, basis, false);
            case ActualRole.Present role -> Uni.createFrom().failure(taken(role, wanted));
        });
    }

    /** Where IAM refuses the look for good, what is recorded is written by what the ledger knows, as far as that is enough: then only the look is open. */
    private Uni<ActualRole> look(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        Basis unseen = basis == Basis.IAM ? Basis.REWRITE : basis;
        return gateway.read(wanted.name())
                .onFailure(
                        failure -> IamCallException.is(failure, Kind.REFUSED) && mayWriteUnseen(record, wanted, unseen))
                .recoverWithUni(refused -> change(
                                record,
                                wanted,
                                believed(record.applied().orElseThrow(), unseen),
                                record.roleArn().orElseThrow())
                        .flatMap(written -> Uni.createFrom().failure(refused)));
    }

    /** Only a role that was ours when it was last seen, and of which something is not in IAM yet. */
    private boolean mayWriteUnseen(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        return !record.settled()
                && !origin.onlyGrows(record.role())
                && record.applied().isPresent()
                && record.roleArn().isPresent()
                && record.conditions().stream()
                        .map(Condition::type)
                        .allMatch(type -> type == Condition.Type.RefusedByIam || NO_REASON_TO_LOOK.contains(type))
                && knowsEnough(record, wanted, basis);
    }

    /** Whether the role carries our mark, or an operator has said that it is to be ours. */
    static boolean isOurs(RoleRecord record, ActualRole.Present role, WantedRole.Present wanted) {
        return role.isOurs(wanted.ownership())
                || record.role()
                        .adoptedAt()
                        .filter(word -> role.mayBeAdopted(wanted.ownership(), word))
                        .isPresent();
    }

    private Uni<RoleState> create(RoleRecord record, WantedRole.Present wanted, Basis basis) {
        Plan creation = Planner.creation(wanted, record.identity().flatMap(RoleIdentity::recordedAt));
        return retry.upTo(
                        settled ? 1 : Steps.VISIBILITY_ATTEMPTS,
                        Steps.UNTIL_VISIBLE,
                        failure -> IamCallException.is(failure, Kind.REFERENCE_MISSING),
                        () -> gateway.carryOut(wanted.name(), creation.steps().getFirst()))
                .map(Optional::orElseThrow)
                .flatMap(arn ->
                        looking(record, wanted, ActualRole.Present.created(wanted, arn, Instant.EPOCH), basis, true))
                .map(state -> state.after(creation));
    }

    /** With a look at the managed policies that the role may have. */
    private Uni<RoleState> looking(
            RoleRecord record, WantedRole.Present wanted, ActualRole.Present role, Basis basis, boolean roleIsNew) {
        PolicyArns arns = PolicyArns.of(role.arn(), wanted.path(), wanted.name());
        return survey.of(role, arns, wanted.ownership(), record.homes()).flatMap(found -> {
            Optional<String> why = roleIsNew ? Optional.empty() : Unrecorded.why(record, role, wanted, origin);
            List<String> beyond = why.isPresent() ? found.beyond(wanted) : List.of();
            if (!beyond.isEmpty()) {
                return new Unrecorded(steps, why.orElseThrow()).grow(wanted, found, beyond);
            }
            WantedRole.Present placed = wanted.placed(found.placement().orElse(record.placement()));
            KnownRole known = new KnownRole(believed(found.footprint(placed), basis), found.placement());
            Plan plan = Planner.toward(
                    placed, known.footprint(), arns, found.inTheWay(placed), role.has(wanted.ownership()));
            List<Difference> drift = roleIsNew
                    ? List.of()
                    : record.applied()
                            .map(left -> Drift.of(left, placed, found))
                            .orElse(List.of());
            return carryOut(record, placed, known, plan, role.arn(), new Sight(roleIsNew, true, settled))
                    .map(state -> state.after(drift));
        });
    }

    private Uni<RoleState> change(RoleRecord record, WantedRole.Present wanted, Footprint known, String roleArn) {
        PolicyArns arns = PolicyArns.of(roleArn, wanted.path(), wanted.name());
        // Whoever made it and did not tag it, did not live to: as IAM makes service-linked roles.
        boolean marked = known.digests().containsKey(new Facet.Tags());
        Plan plan = Planner.toward(wanted, known, arns, Set.of(), marked);
        return carryOut(
                record,
                wanted,
                new KnownRole(known, record.placement()),
                plan,
                roleArn,
                new Sight(false, false, settled));
    }

    /** Policies that have to be written anyway are written whatever was read, too: IAM may still show what was before. */
    private static Footprint believed(Footprint known, Basis basis) {
        return basis == Basis.REWRITE ? known.withoutPolicyContent() : known;
    }

    private Uni<RoleState> carryOut(
            RoleRecord record, WantedRole.Present wanted, KnownRole known, Plan plan, String roleArn, Sight sight) {
        if (wanted.charactersOver() > 0) {
            return Uni.createFrom().failure(tooLarge(wanted));
        }
        PolicyArns arns = PolicyArns.of(roleArn, wanted.path(), wanted.name());
        return reserve(record, wanted.packing().managedPolicies(), roleArn)
                .chain(() -> steps.carryOut(wanted.name(), plan, sight))
                .flatMap(carried -> prune(wanted, known, carried, arns, sight))
                .map(carried -> stateOf(wanted, known, carried, arns, roleArn));
    }

    /** What could not be made what it has to be is at least rid of what it must not have. */
    private Uni<Carried> prune(
            WantedRole.Present wanted, KnownRole known, Carried carried, PolicyArns arns, Sight sight) {
        if (carried.inForce() || carried.open().stream().anyMatch(Carried.Open::isProtection)) {
            return Uni.createFrom().item(carried);
        }
        Plan pruning =
                Planner.pruning(wanted, known.after(carried.done(), arns), arns).without(carried.refusedSteps());
        return steps.carryOut(wanted.name(), pruning, sight).map(carried::and);
    }

    private static RoleState stateOf(
            WantedRole.Present wanted, KnownRole known, Carried carried, PolicyArns arns, String roleArn) {
        KnownRole now = carried.open().isEmpty()
                ? new KnownRole(wanted.footprint(), wanted.packing().placement())
                : known.after(carried.done(), arns);
        return new RoleState(
                Optional.of(roleArn),
                Optional.of(now.footprint()),
                now.placement(),
                carried.done(),
                List.of(),
                Optional.empty(),
                carried.open());
    }

    /** Before a role gets one more policy than it ever had. */
    private Uni<Void> reserve(RoleRecord record, int homes, String roleArn) {
        return homes > record.homes()
                ? ledger.reserve(record, roleArn, homes)
                : Uni.createFrom().voidItem();
    }

    static HeldException contested(String role, String other) {
        return new HeldException(
                Condition.Type.Contested,
                role + " belongs to the deployment " + other + " by its tag " + RoleTags.DEPLOYMENT_TAG
                        + "; it is left as it is. Two deployments need two owners; if this is the same"
                        + " deployment with another table, say so with linked-role.deployment");
    }

    private static HeldException taken(ActualRole.Present role, WantedRole.Present wanted) {
        return new HeldException(
                Condition.Type.RoleNameTaken,
                role.arn() + " exists without the tags " + wanted.ownership()
                        + "; it is left as it is until it is removed or an operator adopts it");
    }

    static HeldException tooLarge(WantedRole.Present wanted) {
        String managed = wanted.managedPolicies() == 0
                ? ""
                : " and " + wanted.managedPolicies() + " managed policies of " + PolicyDocument.MAX_MANAGED_SIZE
                        + " each";
        return new HeldException(
                Condition.Type.PolicyTooLarge,
                "the permissions are " + wanted.charactersOver() + " characters over what a role may have: "
                        + PolicyDocument.MAX_INLINE_SIZE + " in its inline policies" + managed);
    }
}
