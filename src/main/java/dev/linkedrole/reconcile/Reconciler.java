package dev.linkedrole.reconcile;

import dev.linkedrole.concurrent.Trampoline;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Application;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recent;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.ReconcileStage.Attempt;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Difference;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.LedgerOrigin;
import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Repairs;
import dev.linkedrole.role.RoleIdentity;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes IAM have what the ledger says is desired: write, then check.
 *
 * <p>IAM has no preconditions, and its last write wins. So after writing, the ledger is told that the revision is in force
 * on condition that it is still the newest. If it is not, somebody else may have written a newer role before this one did:
 * the write just made may have covered it, and everything is done again, this time without trusting the digests.
 *
 * <p>It is a state machine: {@link #next} leads from one {@link ReconcileStage} to the next.
 */
public final class Reconciler {

    /** How often more may be recorded while a role is being written before its message is put back. */
    static final int MAX_ROUNDS = 10;

    /** How long IAM may say that what was written is not there, or what was deleted is, before that is taken for its last word. */
    private static final Duration LAGS_AT_MOST = Duration.ofSeconds(30);

    /** How long IAM may take to show what was written, with plenty to spare. */
    private static final Duration SHOWN_AFTER = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final PolicyCompiler compiler;
    private final Accounts accounts;
    private final Duration deletionPatience;
    private final InstantSource clock;
    private final Retry retry;
    private final InstanceLanes lanes;
    private final Supplier<LedgerOrigin> origin;

    /**
     * @param lanes in which everything that is done to a role in this process takes its turn
     * @param deletionPatience how long to wait until IAM has deleted a service-linked role, before the rest is left to the resync
     * @param origin the present verdict on the ledger
     */
    public Reconciler(
            Ledger ledger,
            Accounts accounts,
            PolicyCompiler compiler,
            InstanceLanes lanes,
            Duration deletionPatience,
            InstantSource clock,
            Retry retry,
            Supplier<LedgerOrigin> origin) {
        this.ledger = ledger;
        this.lanes = lanes;
        this.compiler = compiler;
        this.accounts = accounts;
        this.deletionPatience = deletionPatience;
        this.clock = clock;
        this.retry = retry;
        this.origin = origin;
    }

    /**
     * Reconciles the role of an instance as it is recorded now.
     *
     * @return fails with {@link UnknownInstanceException} if nothing is recorded of it
     */
    public Uni<Reconciliation> reconcile(InstanceId instance, Basis basis) {
        return lanes.inTurn(instance, () -> reload(instance).flatMap(record -> reconcile(record, basis)));
    }

    /** Where what is recorded is from. */
    LedgerOrigin origin() {
        return origin.get();
    }

    /** Reconciles a role whose newest record is at hand, for whoever has its lane. */
    Uni<Reconciliation> reconcile(RoleRecord record, Basis basis) {
        return run(record, trustworthy(record, basis));
    }

    /**
     * The same for whoever has recorded all that is not known to be in IAM, in however many revisions, and wrote nothing of it yet. So the
     * digests still say what IAM has.
     */
    Uni<Reconciliation> reconcileOwn(RoleRecord record, Basis basis) {
        return run(record, basis);
    }

    private Uni<Reconciliation> run(RoleRecord record, Basis basis) {
        ReconcileStage first = begin(new Attempt(record, basis, 1, Optional.empty()));
        return Trampoline.run(first, ReconcileStage.Done.class::isInstance, this::next)
                .map(last -> ((ReconcileStage.Done) last).reconciliation());
    }

    private static ReconcileStage begin(Attempt attempt) {
        return attempt.basis() == Basis.LEDGER && attempt.record().settled()
                ? new ReconcileStage.Answer(attempt)
                : new ReconcileStage.Write(attempt);
    }

    private Uni<ReconcileStage> next(ReconcileStage stage) {
        return switch (stage) {
            case ReconcileStage.Answer(Attempt attempt) -> answer(attempt);
            case ReconcileStage.Write(Attempt attempt) -> write(attempt);
            case ReconcileStage.Check(Attempt attempt, WantedRole wanted, RoleState state) ->
                check(attempt, wanted, state);
            case ReconcileStage.HoldHalfway(Attempt attempt, WantedRole wanted, RoleState state) ->
                holdHalfway(attempt, wanted, state);
            case ReconcileStage.Hold(Attempt attempt, Condition condition) -> hold(attempt, condition);
            case ReconcileStage.Reload(Attempt attempt, Basis basis) ->
                reload(attempt.record().role().instance().id())
                        .map(newer -> begin(attempt.next(newer, trustworthy(newer, basis))));
            case ReconcileStage.Done done -> at(done);
        };
    }

    private static Uni<ReconcileStage> at(ReconcileStage stage) {
        return Uni.createFrom().item(stage);
    }

    /** What changed nothing is in force already, and whoever sent it is told so. */
    private Uni<ReconcileStage> answer(Attempt attempt) {
        RoleRecord record = attempt.record();
        Reconciliation inForce =
                new Reconciliation.InForce(nameOf(record), record.revision(), List.of(), announced(record));
        return outcomeDue(record)
                .map(outcome -> ledger.answer(record, outcome))
                .orElseGet(() -> Uni.createFrom().item(true))
                .map(newest -> newest || attempt.number() == MAX_ROUNDS
                        ? attempt.done(inForce)
                        : new ReconcileStage.Reload(attempt.settledAs(inForce), Basis.LEDGER));
    }

    private Optional<Outcome> outcomeDue(RoleRecord record) {
        if (record.awaiting().isEmpty()) {
            return Optional.empty();
        }
        WantedRole wanted = Named.compile(compiler, record);
        return Answers.due(record, wanted) ? Answers.known(record, wanted, clock.instant()) : Optional.empty();
    }

    /**
     * With more than one revision not known to be in IAM, an earlier one may have been written by somebody who did not live
     * to say so. Then the ledger's digests say nothing about the policies.
     */
    private static Basis trustworthy(RoleRecord record, Basis basis) {
        return basis == Basis.LEDGER && record.revision() - record.appliedRevision() > 1 ? Basis.REWRITE : basis;
    }

    private Uni<ReconcileStage> write(Attempt unidentified) {
        RoleRecord known = Named.identified(compiler, unidentified.record());
        Attempt attempt = unidentified.with(known);
        WantedRole wanted = Named.compile(compiler, known);
        return write(known, wanted, attempt.basis())
                .<ReconcileStage>map(state -> state.inForce()
                        ? new ReconcileStage.Check(attempt, wanted, state)
                        : new ReconcileStage.HoldHalfway(attempt, wanted, state))
                .onFailure(failure -> Refusals.isFinal(failure, isShown(known)))
                .recoverWithItem(
                        failure -> new ReconcileStage.Hold(attempt, Refusals.conditionOf(failure, clock.instant())));
    }

    private Uni<RoleState> write(RoleRecord record, WantedRole wanted, Basis basis) {
        return switch (wanted) {
            case WantedRole.NotYet notYet -> Uni.createFrom().item(RoleState.NONE);
            case WantedRole.Gone gone ->
                inAccount(record, roles -> remove(record, Named.identity(compiler, record), roles));
            case WantedRole.Present present ->
                inAccount(
                        record,
                        roles -> present.serviceLinked()
                                ? new ServiceLinkedGrowth(ledger, roles, retry, isShown(record), origin())
                                        .bring(record, present, basis)
                                : new Growth(ledger, roles, retry, isShown(record), origin())
                                        .bring(record, present, basis));
        };
    }

    private Uni<RoleState> inAccount(RoleRecord record, Function<RoleGateway, Uni<RoleState>> work) {
        return accounts.in(record.role().instance(), account -> work.apply(account.roles()));
    }

    /** A role is deleted as what it was made, should this deployment have changed its mode since. */
    private Uni<RoleState> remove(RoleRecord record, RoleIdentity identity, RoleGateway roles) {
        return identity.serviceLinked()
                ? new ServiceLinkedRemoval(roles, compiler.deployment(), deletionPatience, retry)
                        .remove(record, identity)
                : new Removal(roles, compiler.deployment(), retry, isShown(record)).remove(record, identity);
    }

    /** Whether IAM had the time to show what was written for the newest revision. */
    private boolean isShown(RoleRecord record) {
        return record.changedAt().plus(LAGS_AT_MOST).isBefore(clock.instant());
    }

    private Uni<ReconcileStage> check(Attempt attempt, WantedRole wanted, RoleState state) {
        RoleRecord record = attempt.record();
        Repairs repairs = repairs(record, wanted, state, attempt.basis());
        Application application = application(record, wanted, state, repairs);
        Reconciliation done =
                done(record, wanted, state, attempt.basis() == Basis.IAM ? repairs.condition() : Optional.empty());
        if (nothingToSay(record, application)) {
            return at(attempt.done(done));
        }
        return ledger.markApplied(record, application).map(newest -> {
            if (!newest) {
                return again(attempt);
            }
            RoleLog.applied(record, nameOf(wanted, state), application);
            return attempt.done(done);
        });
    }

    /** What is contested was put right, and a comparison with IAM says so all the same: else nobody would see that it does not last. */
    private static Reconciliation done(
            RoleRecord record, WantedRole wanted, RoleState state, Optional<Condition> contested) {
        RoleName name = nameOf(wanted, state);
        return contested
                .<Reconciliation>map(condition -> new Reconciliation.Held(name, record.revision(), condition))
                .orElseGet(() ->
                        new Reconciliation.InForce(name, record.revision(), state.summaries(), announced(record)));
    }

    /** Only a comparison with IAM tells something of repairs in a row; and not of a role of which more was recorded just now. */
    private Repairs repairs(RoleRecord record, WantedRole wanted, RoleState state, Basis basis) {
        Instant at = clock.instant();
        boolean compared = basis == Basis.IAM && (state.steps().isEmpty() || wasRight(record, at));
        return compared ? record.repairs().after(drift(record, wanted, state, at), at, SHOWN_AFTER) : record.repairs();
    }

    private static boolean announced(RoleRecord record) {
        return record.role().lifecycle() != LinkedRole.Lifecycle.UNANNOUNCED;
    }

    private static ReconcileStage again(Attempt attempt) {
        if (attempt.number() == MAX_ROUNDS) {
            throw new BusyInstanceException(attempt.record().role().instance().id());
        }
        return new ReconcileStage.Reload(attempt, Basis.REWRITE);
    }

    private Uni<RoleRecord> reload(InstanceId instance) {
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    private Application application(RoleRecord record, WantedRole wanted, RoleState state, Repairs repairs) {
        Instant at = clock.instant();
        List<Difference> drift = drift(record, wanted, state, at);
        // What is known to be contested was told when it became so; a line for each repair would make the history grow
        // for ever.
        boolean told = record.repairs().contest(drift);
        return new Application(
                nameOf(wanted, state),
                state.arn(),
                state.footprint(),
                state.placement(),
                state.summaries(),
                conditions(record, wanted, state, repairs),
                !(wanted instanceof WantedRole.NotYet) && !told,
                at,
                Answers.of(record, wanted, nameOf(wanted, state), state.arn(), at),
                drift,
                settingsChanged(record, wanted, state),
                repairs);
    }

    /** What was right and is to be another now, although nothing was recorded, is so by the settings, the catalog or the service. */
    private static boolean settingsChanged(RoleRecord record, WantedRole wanted, RoleState state) {
        return record.settled()
                && !state.steps().isEmpty()
                && wanted instanceof WantedRole.Present present
                && record.applied()
                        .filter(left -> !left.equals(present.footprint()))
                        .isPresent();
    }

    /**
     * What somebody else has changed. Only of a role that had been right for a while that can be said: before, what differs may
     * be what was not carried out yet, or what IAM does not show yet.
     */
    private static List<Difference> drift(RoleRecord record, WantedRole wanted, RoleState state, Instant at) {
        if (!wasRight(record, at) || state.steps().isEmpty()) {
            return List.of();
        }
        return wanted instanceof WantedRole.Gone ? List.of(Difference.ofRole(Difference.Kind.EXTRA)) : state.drift();
    }

    private static boolean wasRight(RoleRecord record, Instant at) {
        return record.settled() && !Recent.around(at, SHOWN_AFTER).includes(record.changedAt());
    }

    private static RoleName nameOf(WantedRole wanted, RoleState state) {
        return state.arn().map(RoleName::ofArn).orElse(wanted.name());
    }

    /** What is to be seen on the role although it is in force. */
    private List<Condition> conditions(RoleRecord record, WantedRole wanted, RoleState state, Repairs repairs) {
        List<Condition> conditions = new ArrayList<>(state.conditions(clock.instant()));
        repairs.condition().ifPresent(conditions::add);
        state.notOurs()
                .map(why -> new Condition(Condition.Type.RoleNameTaken, why, clock.instant()))
                .ifPresent(conditions::add);
        if (wanted instanceof WantedRole.Present present
                && !present.notInCatalog().isEmpty()) {
            String grants =
                    present.notInCatalog().stream().map(Object::toString).collect(Collectors.joining(", "));
            conditions.add(new Condition(
                    Condition.Type.GrantNotInCatalog,
                    "recorded, but not in the catalog any more and so not granted: " + grants,
                    clock.instant()));
        }
        if (record.settled()) {
            // It was about an event that was refused, which comparing a role with IAM does not change.
            record.conditions().stream()
                    .filter(known -> known.type() == Condition.Type.PolicyTooLarge)
                    .forEach(conditions::add);
        }
        return conditions;
    }

    /** A role that is found as it should be costs the ledger nothing. */
    private static boolean nothingToSay(RoleRecord record, Application application) {
        return record.settled()
                && application.outcome().isEmpty()
                && application.steps().isEmpty()
                && application.footprint().equals(record.applied())
                && application.repairs().equals(record.repairs())
                && types(application.conditions()).equals(types(record.conditions()));
    }

    private static List<Condition.Type> types(List<Condition> conditions) {
        return conditions.stream().map(Condition::type).sorted().toList();
    }

    private RoleName nameOf(RoleRecord record) {
        return Named.of(compiler, record);
    }

    /** Done as far as IAM lets us: what the role is like by now is recorded, and what keeps it from being what is desired. */
    private Uni<ReconcileStage> holdHalfway(Attempt attempt, WantedRole wanted, RoleState state) {
        RoleRecord record = attempt.record();
        Application halfway = application(record, wanted, state, record.repairs());
        Reconciliation held = new Reconciliation.Held(
                nameOf(wanted, state), record.revision(), halfway.conditions().getFirst());
        return ledger.hold(record, halfway).map(newest -> newest ? attempt.done(held) : again(attempt));
    }

    private Uni<ReconcileStage> hold(Attempt attempt, Condition condition) {
        RoleRecord record = attempt.record();
        Reconciliation held = new Reconciliation.Held(nameOf(record), record.revision(), condition);
        // What was written before it was refused may have covered what somebody else wrote since.
        return ledger.hold(record, condition).map(newest -> newest ? attempt.done(held) : again(attempt));
    }
}
