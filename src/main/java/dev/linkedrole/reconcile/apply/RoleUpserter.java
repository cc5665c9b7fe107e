package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.RoleReservations;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.Drift;
import dev.linkedrole.role.plan.KnownRole;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates or changes a role to be as desired, and leaves roles that are not ours unchanged. */
public final class RoleUpserter {

    private static final Set<Kind> LEDGER_WAS_WRONG = Set.of(Kind.ALREADY_EXISTS, Kind.NOT_FOUND, Kind.LIMIT_EXCEEDED);

    /** Conditions that a role may have although it is as the ledger says. */
    private static final Set<Condition.Type> NO_REASON_TO_LOOK = EnumSet.of(
            Condition.Type.PolicyTooLarge,
            Condition.Type.GrantNotInCatalog,
            Condition.Type.ChangeHeld,
            Condition.Type.ProtectedRole);

    private final RoleReservations ledger;
    private final RoleGateway gateway;
    private final ManagedPolicyReader policies;
    private final PlanExecutor steps;
    private final Retry retry;
    private final boolean settled;
    private final LedgerOrigin origin;

    /**
     * @param settled true if IAM had the time to show the last change
     * @param origin origin of the record
     */
    public RoleUpserter(
            RoleReservations ledger, RoleGateway gateway, Retry retry, boolean settled, LedgerOrigin origin) {
        this.ledger = ledger;
        this.gateway = gateway;
        this.policies = new ManagedPolicyReader(gateway);
        this.steps = new PlanExecutor(gateway, retry);
        this.retry = retry;
        this.settled = settled;
        this.origin = origin;
    }

    /**
     * Makes the role as desired.
     *
     * @param desired the desired role, packed by the recorded placement
     */
    public Uni<RoleState> bring(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        if (desired.charactersOver() > 0) {
            return Uni.createFrom().failure(tooLarge(desired));
        }
        return mayTrust(record, desired, mode) ? trusting(record, desired, mode) : comparing(record, desired, mode);
    }

    /**
     * True if the ledger knows enough to write without reading IAM. It does not for a role with several policies that
     * another replica may have written: to write all of them again, their number has to be known. Nor for a role with a
     * condition, or with tags to change: it may belong to others by now. Nor does a restored ledger: content it does
     * not know would be overwritten.
     */
    private boolean mayTrust(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        return !origin.onlyGrows(record.role())
                && record.conditions().stream().allMatch(known -> NO_REASON_TO_LOOK.contains(known.type()))
                && knowsEnough(record, desired, mode);
    }

    private static boolean knowsEnough(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        boolean onePolicy = record.slots() == 0 && desired.packing().managedPolicies() == 0;
        boolean placementKnown = record.applied().isEmpty()
                ? record.slots() == 0
                : record.roleArn().isPresent() && !record.placement().isEmpty();
        boolean sameTags = record.applied()
                .filter(left -> !left.mayHaveSame(new RoleComponent.Tags(), desired.fingerprint()))
                .isEmpty();
        return sameTags
                && switch (mode) {
                    case LEDGER -> onePolicy || placementKnown;
                    case REWRITE -> onePolicy;
                    case IAM -> false;
                };
    }

    /** Changes the role without reading it first; reads it if IAM's answer shows that the ledger was wrong. */
    private Uni<RoleState> trusting(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        Uni<RoleState> done = record.applied().isPresent() && record.roleArn().isPresent()
                ? change(
                        record,
                        desired,
                        believed(record.applied().get(), mode),
                        record.roleArn().get())
                : create(record, desired, mode);
        return done.onFailure(
                        failure -> failure instanceof IamCallException iam && LEDGER_WAS_WRONG.contains(iam.kind()))
                .recoverWithUni(() -> comparing(record, desired, mode));
    }

    /** Changes the role after reading it from IAM, and only if it is ours. */
    Uni<RoleState> comparing(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        return comparing(record, desired, mode, true);
    }

    private Uni<RoleState> comparing(
            RoleRecord record, DesiredRole.Present desired, ReconcileMode mode, boolean mayLookAgain) {
        return look(record, desired, mode).flatMap(actual -> switch (actual) {
            case ActualRole.Missing() ->
                create(record, desired, mode)
                        .map(state -> record.applied().isPresent()
                                ? state.after(List.of(Difference.ofRole(Difference.Kind.MISSING)))
                                : state)
                        // Others have created the role since, or IAM shows it only now.
                        .onFailure(failure -> mayLookAgain && IamCallException.is(failure, Kind.ALREADY_EXISTS))
                        .recoverWithUni(() -> comparing(record, desired, mode, false));
            case ActualRole.Present role
            when desired.otherDeployment(role.tags()).isPresent() ->
                Uni.createFrom()
                        .failure(contested(
                                role.arn(), desired.otherDeployment(role.tags()).get()));
            case ActualRole.Present role
            when isOurs(record, role, desired) -> looking(record, desired, role, mode, false);
            case ActualRole.Present role -> Uni.createFrom().failure(taken(role, desired));
        });
    }

    /**
     * Reads the role. If IAM permanently rejects that, the recorded state is written from the ledger's knowledge, as
     * far as that is enough; then only the read is open.
     */
    private Uni<ActualRole> look(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        ReconcileMode unseen = mode == ReconcileMode.IAM ? ReconcileMode.REWRITE : mode;
        return gateway.read(desired.name())
                .map(found -> found instanceof ActualRole.Present role ? role.without(desired.leaveAlone()) : found)
                .onFailure(failure ->
                        IamCallException.is(failure, Kind.REFUSED) && mayWriteUnseen(record, desired, unseen))
                .recoverWithUni(rejected -> change(
                                record,
                                desired,
                                believed(record.applied().orElseThrow(), unseen),
                                record.roleArn().orElseThrow())
                        .flatMap(written -> Uni.createFrom().failure(rejected)));
    }

    /** True for a role that was ours when it was last read, and that lacks something in IAM. */
    private boolean mayWriteUnseen(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        return !record.settled()
                && !origin.onlyGrows(record.role())
                && record.applied().isPresent()
                && record.roleArn().isPresent()
                && record.conditions().stream()
                        .map(Condition::type)
                        .allMatch(type -> type == Condition.Type.RefusedByIam || NO_REASON_TO_LOOK.contains(type))
                && knowsEnough(record, desired, mode);
    }

    /** True if the role carries our tags, or an operator has adopted it. */
    static boolean isOurs(RoleRecord record, ActualRole.Present role, DesiredRole.Present desired) {
        return role.isOurs(desired.ownership())
                || record.role()
                        .adoptedAt()
                        .filter(word -> role.mayBeAdopted(desired.ownership(), word))
                        .isPresent();
    }

    private Uni<RoleState> create(RoleRecord record, DesiredRole.Present desired, ReconcileMode mode) {
        Plan creation = Planner.creation(desired, record.identity().flatMap(RoleIdentity::recordedAt));
        return retry.upTo(
                        settled ? 1 : PlanExecutor.VISIBILITY_ATTEMPTS,
                        PlanExecutor.UNTIL_VISIBLE,
                        failure -> IamCallException.is(failure, Kind.REFERENCE_MISSING),
                        () -> gateway.carryOut(desired.name(), creation.steps().getFirst()))
                .map(Optional::orElseThrow)
                .flatMap(arn ->
                        looking(record, desired, ActualRole.Present.created(desired, arn, Instant.EPOCH), mode, true))
                .map(state -> state.after(creation));
    }

    /** Changes the role after reading the managed policies that it may have. */
    private Uni<RoleState> looking(
            RoleRecord record,
            DesiredRole.Present desired,
            ActualRole.Present role,
            ReconcileMode mode,
            boolean roleIsNew) {
        PolicyArns arns = PolicyArns.of(role.arn(), desired.path(), desired.name());
        return policies.of(role, arns, desired.ownership(), record.slots()).flatMap(found -> {
            Optional<String> why = roleIsNew ? Optional.empty() : UnrecordedRole.why(record, role, desired, origin);
            List<String> beyond = why.isPresent() ? found.beyond(desired) : List.of();
            if (!beyond.isEmpty()) {
                return new UnrecordedRole(steps, why.orElseThrow()).grow(desired, found, beyond);
            }
            DesiredRole.Present placed = desired.placed(found.placement().orElse(record.placement()));
            KnownRole known = new KnownRole(believed(found.fingerprint(placed), mode), found.placement());
            Plan plan = Planner.toward(
                    placed, known.fingerprint(), arns, found.inTheWay(placed), role.has(desired.ownership()));
            List<Difference> drift = roleIsNew
                    ? List.of()
                    : record.applied()
                            .map(left -> Drift.of(left, placed, found))
                            .orElse(List.of());
            return carryOut(record, placed, known, plan, role.arn(), new RoleVisibility(roleIsNew, true, settled))
                    .map(state -> state.after(drift));
        });
    }

    private Uni<RoleState> change(
            RoleRecord record, DesiredRole.Present desired, RoleFingerprint known, String roleArn) {
        PolicyArns arns = PolicyArns.of(roleArn, desired.path(), desired.name());
        // Its maker died before tagging it: IAM creates service-linked roles without tags.
        boolean marked = known.digests().containsKey(new RoleComponent.Tags());
        Plan plan = Planner.toward(desired, known, arns, Set.of(), marked);
        return carryOut(
                record,
                desired,
                new KnownRole(known, record.placement()),
                plan,
                roleArn,
                new RoleVisibility(false, false, settled));
    }

    /**
     * Returns the fingerprint without policies that have to be written in any case: IAM may still show what was there
     * before.
     */
    private static RoleFingerprint believed(RoleFingerprint known, ReconcileMode mode) {
        return mode == ReconcileMode.REWRITE ? known.withoutPolicyContent() : known;
    }

    private Uni<RoleState> carryOut(
            RoleRecord record,
            DesiredRole.Present desired,
            KnownRole known,
            Plan plan,
            String roleArn,
            RoleVisibility sight) {
        if (desired.charactersOver() > 0) {
            return Uni.createFrom().failure(tooLarge(desired));
        }
        PolicyArns arns = PolicyArns.of(roleArn, desired.path(), desired.name());
        return reserve(record, desired.packing().managedPolicies(), roleArn)
                .chain(() -> steps.carryOut(desired.name(), plan, sight))
                .flatMap(progress -> prune(desired, known, progress, arns, sight))
                .map(progress -> stateOf(desired, known, progress, arns, roleArn));
    }

    /** Revokes at least the excess permissions of a role that could not be made as desired. */
    private Uni<PlanProgress> prune(
            DesiredRole.Present desired,
            KnownRole known,
            PlanProgress progress,
            PolicyArns arns,
            RoleVisibility sight) {
        if (progress.inForce() || progress.open().stream().anyMatch(PlanProgress.Open::isProtection)) {
            return Uni.createFrom().item(progress);
        }
        Plan pruning = Planner.pruning(desired, known.after(progress.done(), arns), arns)
                .without(progress.rejectedSteps());
        return steps.carryOut(desired.name(), pruning, sight).map(progress::and);
    }

    private static RoleState stateOf(
            DesiredRole.Present desired, KnownRole known, PlanProgress progress, PolicyArns arns, String roleArn) {
        KnownRole now = progress.open().isEmpty()
                ? new KnownRole(desired.fingerprint(), desired.packing().placement())
                : known.after(progress.done(), arns);
        return new RoleState(
                Optional.of(roleArn),
                Optional.of(now.fingerprint()),
                now.placement(),
                progress.done(),
                List.of(),
                Optional.empty(),
                progress.open());
    }

    /** Reserves a managed policy before the role gets one more than it ever had. */
    private Uni<Void> reserve(RoleRecord record, int slots, String roleArn) {
        return slots > record.slots()
                ? ledger.reserve(record, roleArn, slots)
                : Uni.createFrom().voidItem();
    }

    static BlockedException contested(String role, String other) {
        return new BlockedException(
                Condition.Type.Contested,
                role + " belongs to the deployment " + other + " by its tag " + RoleTags.DEPLOYMENT_TAG
                        + "; it is left as it is. Two deployments need two owners; if this is the same"
                        + " deployment with another table, say so with linked-role.deployment");
    }

    private static BlockedException taken(ActualRole.Present role, DesiredRole.Present desired) {
        return new BlockedException(
                Condition.Type.RoleNameTaken,
                role.arn() + " exists without the tags " + desired.ownership()
                        + "; it is left as it is until it is removed or an operator adopts it");
    }

    public static BlockedException tooLarge(DesiredRole.Present desired) {
        String managed = desired.managedPolicies() == 0
                ? ""
                : " and " + desired.managedPolicies() + " managed policies of " + PolicyDocument.MAX_MANAGED_SIZE
                        + " each";
        return new BlockedException(
                Condition.Type.PolicyTooLarge,
                "the permissions are " + desired.charactersOver() + " characters over what a role may have: "
                        + PolicyDocument.MAX_INLINE_SIZE + " in its inline policies" + managed);
    }
}
