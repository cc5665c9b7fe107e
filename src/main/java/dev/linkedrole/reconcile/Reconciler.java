package dev.linkedrole.reconcile;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.reconcile.ReconcileStage.Attempt;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.GatedGateway;
import dev.linkedrole.reconcile.apply.HeldCondition;
import dev.linkedrole.reconcile.apply.IamConditions;
import dev.linkedrole.reconcile.apply.PausedException;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.apply.RoleApplier;
import dev.linkedrole.reconcile.apply.RoleState;
import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.reconcile.concurrency.BusyInstanceException;
import dev.linkedrole.reconcile.concurrency.KeyedSerialExecutor;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes IAM match the ledger: write, then check.
 *
 * <p>IAM has no preconditions, and its last write wins. So after writing, the revision is marked as applied in the
 * ledger on condition that it is still the newest. If it is not, another replica may have written a newer role before
 * this one did, and the write just made may have overwritten it; then everything is done again, this time without
 * trusting the digests.
 *
 * <p>It is a state machine: {@link #next} leads from one {@link ReconcileStage} to the next.
 */
public final class Reconciler {

    /** Maximum number of attempts, while newer revisions are recorded, before the message is returned to the queue. */
    public static final int MAX_ROUNDS = 10;

    /** Time within which IAM shows a write, with a wide margin. */
    private static final Duration SHOWN_AFTER = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Supplier<PolicyCompiler> compilers;
    private final Accounts accounts;
    private final RoleApplier applier;
    private final InstantSource clock;
    private final KeyedSerialExecutor executor;
    private final Supplier<LedgerOrigin> origin;
    private final WriteGate gate;
    private final List<Consumer<List<Difference>>> drifted = new CopyOnWriteArrayList<>();

    /**
     * @param compilers the compiler in force, which changes when an operator releases a change
     * @param executor serializes all work on one role in this process
     * @param deletionTimeout time limit for the deletion of a service-linked role in IAM; after that the resync does
     *     the rest
     * @param origin the present verdict on the ledger
     * @param gate decides whether a role may be written now
     */
    public Reconciler(
            Ledger ledger,
            Accounts accounts,
            Supplier<PolicyCompiler> compilers,
            KeyedSerialExecutor executor,
            Duration deletionTimeout,
            InstantSource clock,
            Retry retry,
            Supplier<LedgerOrigin> origin,
            WriteGate gate) {
        this.ledger = ledger;
        this.executor = executor;
        this.compilers = compilers;
        this.accounts = accounts;
        this.applier = new RoleApplier(ledger, compilers, deletionTimeout, clock, retry, origin);
        this.clock = clock;
        this.origin = origin;
        this.gate = gate;
    }

    /**
     * Reconciles the role of an instance as it is recorded now.
     *
     * @return fails with {@link UnknownInstanceException} if nothing is recorded of it
     */
    public Uni<Reconciliation> reconcile(InstanceId instance, ReconcileMode mode) {
        return executor.execute(instance, () -> reload(instance).flatMap(record -> reconcile(record, mode)));
    }

    /** Registers a callback for each time that changes by others were found on a role and repaired. */
    public void whenDrifted(Consumer<List<Difference>> reaction) {
        drifted.add(reaction);
    }

    /** Returns the origin of the ledger's content. */
    public LedgerOrigin origin() {
        return origin.get();
    }

    /** Reconciles a role whose newest record the caller has read, within the instance's serial execution. */
    public Uni<Reconciliation> reconcile(RoleRecord record, ReconcileMode mode) {
        return run(record, trustworthy(record, mode));
    }

    /**
     * Reconciles a role for a caller that has recorded every change not known to be in IAM, in any number of revisions,
     * and has written none of it yet. So the digests still describe the role in IAM.
     */
    public Uni<Reconciliation> reconcileOwn(RoleRecord record, ReconcileMode mode) {
        return run(record, mode);
    }

    private Uni<Reconciliation> run(RoleRecord record, ReconcileMode mode) {
        ReconcileStage first = begin(new Attempt(record, mode, 1, Optional.empty()));
        return Trampoline.run(first, ReconcileStage.Done.class::isInstance, this::next)
                .map(last -> ((ReconcileStage.Done) last).reconciliation());
    }

    private static ReconcileStage begin(Attempt attempt) {
        return attempt.mode() == ReconcileMode.LEDGER && attempt.record().settled()
                ? new ReconcileStage.Answer(attempt)
                : new ReconcileStage.Write(attempt);
    }

    private Uni<ReconcileStage> next(ReconcileStage stage) {
        return switch (stage) {
            case ReconcileStage.Answer(Attempt attempt) -> answer(attempt);
            case ReconcileStage.Write(Attempt attempt) -> write(attempt);
            case ReconcileStage.Check(Attempt attempt, DesiredRole desired, RoleState state) ->
                check(attempt, desired, state);
            case ReconcileStage.RecordPartial(Attempt attempt, DesiredRole desired, RoleState state) ->
                recordPartial(attempt, desired, state);
            case ReconcileStage.Block(Attempt attempt, Condition condition) -> setCondition(attempt, condition);
            case ReconcileStage.Reload(Attempt attempt, ReconcileMode mode) ->
                reload(attempt.record().role().instance().id())
                        .map(newer -> begin(attempt.next(newer, trustworthy(newer, mode))));
            case ReconcileStage.Done done -> at(done);
        };
    }

    private static Uni<ReconcileStage> at(ReconcileStage stage) {
        return Uni.createFrom().item(stage);
    }

    /** Acknowledges an event that changed nothing and is in force already. */
    private Uni<ReconcileStage> answer(Attempt attempt) {
        RoleRecord record = attempt.record();
        Reconciliation inForce =
                new Reconciliation.InForce(nameOf(record), record.revision(), List.of(), announced(record));
        return outcomeDue(record)
                .map(outcome -> ledger.answer(record, outcome))
                .orElseGet(() -> Uni.createFrom().item(true))
                .map(newest -> newest || attempt.number() == MAX_ROUNDS
                        ? attempt.done(inForce)
                        : new ReconcileStage.Reload(attempt.settledAs(inForce), ReconcileMode.LEDGER));
    }

    private Optional<Outcome> outcomeDue(RoleRecord record) {
        if (record.pendingAcknowledgements().isEmpty()) {
            return Optional.empty();
        }
        DesiredRole desired = DesiredRoles.compile(compilers.get(), record);
        return OutcomeBuilder.due(record, desired)
                ? OutcomeBuilder.known(record, desired, clock.instant())
                : Optional.empty();
    }

    /**
     * Returns the mode that the record permits. If several revisions are not known to be in IAM, a replica may have
     * written an earlier one and died before marking it as applied. Then the ledger's digests say nothing about the
     * policies.
     */
    private static ReconcileMode trustworthy(RoleRecord record, ReconcileMode mode) {
        return mode == ReconcileMode.LEDGER && record.revision() - record.appliedRevision() > 1
                ? ReconcileMode.REWRITE
                : mode;
    }

    private Uni<ReconcileStage> write(Attempt unidentified) {
        PolicyCompiler compiler = compilers.get();
        RoleRecord known = DesiredRoles.identified(compiler, unidentified.record());
        Attempt attempt = unidentified.with(known);
        DesiredRole desired = DesiredRoles.compile(compiler, known);
        return write(known, desired, attempt.mode())
                .<ReconcileStage>map(state -> state.inForce()
                        ? new ReconcileStage.Check(attempt, desired, state)
                        : new ReconcileStage.RecordPartial(attempt, desired, state))
                .onFailure(PausedException.class)
                .recoverWithItem(failure -> paused(attempt, failure))
                .onFailure(failure -> IamConditions.isFinal(failure, applier.isShown(known)))
                .recoverWithItem(failure ->
                        new ReconcileStage.Block(attempt, IamConditions.conditionOf(failure, clock.instant())));
    }

    /**
     * Ends the reconciliation of a paused role. Nothing is recorded: the pause ends by itself, and the revision stays
     * to be applied.
     */
    private ReconcileStage paused(Attempt attempt, PausedException pause) {
        RoleRecord record = attempt.record();
        return attempt.done(new Reconciliation.Blocked(nameOf(record), record.revision(), pause.condition()));
    }

    private Uni<RoleState> write(RoleRecord record, DesiredRole desired, ReconcileMode mode) {
        if (desired instanceof DesiredRole.NotYet) {
            return Uni.createFrom().item(RoleState.NONE);
        }
        InstanceArn instance = record.role().instance();
        return gate.closed(instance)
                .flatMap(closed -> closed.isPresent()
                        ? Uni.createFrom().failure(new PausedException(closed.get()))
                        : accounts.in(
                                instance,
                                account -> applier.apply(
                                        record, desired, mode, new GatedGateway(account.roles(), gate, instance))));
    }

    private Uni<ReconcileStage> check(Attempt attempt, DesiredRole desired, RoleState state) {
        RoleRecord record = attempt.record();
        RepairCounts repairs = repairs(record, desired, state, attempt.mode());
        AppliedChange application = application(record, desired, state, repairs);
        Reconciliation done = done(
                record, desired, state, attempt.mode() == ReconcileMode.IAM ? repairs.condition() : Optional.empty());
        if (nothingToSay(record, application)) {
            return at(attempt.done(done));
        }
        return ledger.markApplied(record, application).map(newest -> {
            if (!newest) {
                return again(attempt);
            }
            RoleLog.applied(record, nameOf(desired, state), application);
            if (!application.drift().isEmpty()) {
                drifted.forEach(reaction -> reaction.accept(application.drift()));
            }
            return attempt.done(done);
        });
    }

    /**
     * Ends a reconciliation. A contested component was repaired, and a comparison with IAM reports it all the same:
     * otherwise nothing would show that the repair does not last.
     */
    private static Reconciliation done(
            RoleRecord record, DesiredRole desired, RoleState state, Optional<Condition> contested) {
        RoleName name = nameOf(desired, state);
        return contested
                .<Reconciliation>map(condition -> new Reconciliation.Blocked(name, record.revision(), condition))
                .orElseGet(() ->
                        new Reconciliation.InForce(name, record.revision(), state.summaries(), announced(record)));
    }

    /**
     * Returns the successive repairs. Only a comparison with IAM counts, and only of a role without a recent revision.
     */
    private RepairCounts repairs(RoleRecord record, DesiredRole desired, RoleState state, ReconcileMode mode) {
        Instant at = clock.instant();
        boolean compared = mode == ReconcileMode.IAM && (state.steps().isEmpty() || wasRight(record, at));
        return compared ? record.repairs().after(drift(record, desired, state, at), at, SHOWN_AFTER) : record.repairs();
    }

    private static boolean announced(RoleRecord record) {
        LinkedRole.Lifecycle lifecycle = record.role().lifecycle();
        return lifecycle == LinkedRole.Lifecycle.LIVE || lifecycle == LinkedRole.Lifecycle.DELETED;
    }

    private static ReconcileStage again(Attempt attempt) {
        if (attempt.number() == MAX_ROUNDS) {
            throw new BusyInstanceException(attempt.record().role().instance().id());
        }
        return new ReconcileStage.Reload(attempt, ReconcileMode.REWRITE);
    }

    private Uni<RoleRecord> reload(InstanceId instance) {
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    private AppliedChange application(RoleRecord record, DesiredRole desired, RoleState state, RepairCounts repairs) {
        Instant at = clock.instant();
        List<Difference> drift = drift(record, desired, state, at);
        // A component that is known to be contested is in the history already; an entry for each repair would make the
        // history grow for ever.
        boolean reported = record.repairs().contest(drift);
        return new AppliedChange(
                nameOf(desired, state),
                state.arn(),
                state.fingerprint(),
                state.placement(),
                state.summaries(),
                conditions(record, desired, state, repairs),
                !(desired instanceof DesiredRole.NotYet) && !reported,
                at,
                OutcomeBuilder.of(record, desired, nameOf(desired, state), state.arn(), at),
                drift,
                settingsChanged(record, desired, state),
                repairs);
    }

    /**
     * True if a role that was right has to change although nothing was recorded: because of the settings, the catalog
     * or the service.
     */
    private static boolean settingsChanged(RoleRecord record, DesiredRole desired, RoleState state) {
        return record.settled()
                && !state.steps().isEmpty()
                && desired instanceof DesiredRole.Present present
                && record.applied()
                        .filter(left -> !left.equals(present.fingerprint()))
                        .isPresent();
    }

    /**
     * Returns changes by others. They are known only for a role that had been right for a while: before, a difference
     * may be a change that was not carried out yet, or that IAM does not show yet.
     */
    private static List<Difference> drift(RoleRecord record, DesiredRole desired, RoleState state, Instant at) {
        if (!wasRight(record, at) || state.steps().isEmpty()) {
            return List.of();
        }
        return desired instanceof DesiredRole.Gone ? List.of(Difference.ofRole(Difference.Kind.EXTRA)) : state.drift();
    }

    private static boolean wasRight(RoleRecord record, Instant at) {
        return record.settled() && !RecentWindow.around(at, SHOWN_AFTER).includes(record.changedAt());
    }

    private static RoleName nameOf(DesiredRole desired, RoleState state) {
        return state.arn().map(RoleName::ofArn).orElse(desired.name());
    }

    /** Returns the conditions that remain on the role although it is in force. */
    private List<Condition> conditions(RoleRecord record, DesiredRole desired, RoleState state, RepairCounts repairs) {
        List<Condition> conditions = new ArrayList<>(state.conditions(clock.instant()));
        repairs.condition().ifPresent(conditions::add);
        state.notOurs()
                .map(why -> new Condition(Condition.Type.RoleNameTaken, why, clock.instant()))
                .ifPresent(conditions::add);
        if (desired instanceof DesiredRole.Present present
                && !present.notInCatalog().isEmpty()) {
            String grants =
                    present.notInCatalog().stream().map(Object::toString).collect(Collectors.joining(", "));
            conditions.add(new Condition(
                    Condition.Type.GrantNotInCatalog,
                    "recorded, but not in the catalog any more and so not granted: " + grants,
                    clock.instant()));
        }
        if (desired instanceof DesiredRole.Present) {
            DesiredRoles.held(compilers.get(), record)
                    .map(change -> HeldCondition.of(change, clock.instant()))
                    .ifPresent(conditions::add);
        }
        if (record.settled()) {
            // The condition is about a rejected event, which comparing the role with IAM does not change.
            record.conditions().stream()
                    .filter(known -> known.type() == Condition.Type.PolicyTooLarge)
                    .forEach(conditions::add);
        }
        return conditions;
    }

    /** True if the ledger need not be written, since the role was found as it should be. */
    private static boolean nothingToSay(RoleRecord record, AppliedChange application) {
        return record.settled()
                && application.outcome().isEmpty()
                && application.steps().isEmpty()
                && application.fingerprint().equals(record.applied())
                && application.repairs().equals(record.repairs())
                && types(application.conditions()).equals(types(record.conditions()))
                && heldIn(application.conditions()).equals(heldIn(record.conditions()));
    }

    private static Optional<String> heldIn(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.type() == Condition.Type.ChangeHeld)
                .map(Condition::detail)
                .findFirst();
    }

    private static List<Condition.Type> types(List<Condition> conditions) {
        return conditions.stream().map(Condition::type).sorted().toList();
    }

    private RoleName nameOf(RoleRecord record) {
        return DesiredRoles.of(compilers.get(), record);
    }

    /**
     * Records a role that was changed only as far as IAM accepted: its present state, and the conditions that keep it
     * from being as desired.
     */
    private Uni<ReconcileStage> recordPartial(Attempt attempt, DesiredRole desired, RoleState state) {
        RoleRecord record = attempt.record();
        AppliedChange partial = application(record, desired, state, record.repairs());
        Reconciliation blocked = new Reconciliation.Blocked(
                nameOf(desired, state), record.revision(), partial.conditions().getFirst());
        return ledger.setCondition(record, partial).map(newest -> newest ? attempt.done(blocked) : again(attempt));
    }

    private Uni<ReconcileStage> setCondition(Attempt attempt, Condition condition) {
        RoleRecord record = attempt.record();
        Reconciliation blocked = new Reconciliation.Blocked(nameOf(record), record.revision(), condition);
        // The part written before the rejection may have overwritten a later write of another replica.
        return ledger.setCondition(record, condition).map(newest -> newest ? attempt.done(blocked) : again(attempt));
    }
}
