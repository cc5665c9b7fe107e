package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Application;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleSettings;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes IAM have what the ledger says is desired: write, then check.
 *
 * <p>IAM has no preconditions, and its last write wins. So after writing, the ledger is told that the revision is in force
 * on condition that it is still the newest. If it is not, somebody else may have written a newer role before this one did:
 * the write just made may have covered it, and everything is done again, this time without trusting the digests.
 */
public final class Reconciler {

    /** How often more may be recorded while a role is being written before its message is put back. */
    static final int MAX_ROUNDS = 10;

    private final Ledger ledger;
    private final PolicyCompiler compiler;
    private final Growth growth;
    private final Removal removal;
    private final InstantSource clock;
    private final InstanceLanes lanes = new InstanceLanes();

    public Reconciler(
            Ledger ledger, RoleGateway gateway, PolicyCompiler compiler, RoleSettings settings, InstantSource clock) {
        this.ledger = ledger;
        this.compiler = compiler;
        this.growth = new Growth(gateway);
        this.removal = new Removal(gateway, settings);
        this.clock = clock;
    }

    /**
     * Reconciles the role of an instance as it is recorded now.
     *
     * @return fails with {@link UnknownInstanceException} if nothing is recorded of it
     */
    public Uni<Reconciliation> reconcile(InstanceId instance, Basis basis) {
        return lanes.inTurn(instance, () -> reload(instance).flatMap(record -> reconcile(record, basis)));
    }

    /** The lanes in which everything that is done to a role in this process takes its turn. */
    InstanceLanes lanes() {
        return lanes;
    }

    /** Reconciles a role whose newest record is at hand, for whoever has its {@link #lanes lane}. */
    Uni<Reconciliation> reconcile(RoleRecord record, Basis basis) {
        return round(record, basis, 1);
    }

    private Uni<Reconciliation> round(RoleRecord record, Basis basis, int round) {
        if (basis == Basis.LEDGER && record.settled()) {
            return Uni.createFrom().item(inForce(record, List.of()));
        }
        WantedRole wanted = compiler.compile(record.role());
        return write(record, wanted, trustworthy(record, basis))
                .flatMap(state -> check(record, wanted, state, round))
                .onFailure(Reconciler::isFinal)
                .recoverWithUni(failure -> hold(record, conditionOf(failure)));
    }

    /**
     * With more than one revision not known to be in IAM, an earlier one may have been written by somebody who did not live
     * to say so. Then the ledger's digests say nothing about the policies.
     */
    private static Basis trustworthy(RoleRecord record, Basis basis) {
        return basis == Basis.LEDGER && record.revision() - record.appliedRevision() > 1 ? Basis.REWRITE : basis;
    }

    private Uni<RoleState> write(RoleRecord record, WantedRole wanted, Basis basis) {
        return switch (wanted) {
            case WantedRole.NotYet notYet -> Uni.createFrom().item(RoleState.NONE);
            case WantedRole.Gone gone -> removal.remove(record, gone.name());
            case WantedRole.Present present -> growth.bring(record, present, basis);
        };
    }

    private Uni<Reconciliation> check(RoleRecord record, WantedRole wanted, RoleState state, int round) {
        Application application = application(record, wanted, state);
        Reconciliation done = inForce(record, state.summaries());
        if (nothingToSay(record, application)) {
            return Uni.createFrom().item(done);
        }
        return ledger.markApplied(record, application)
                .flatMap(newest -> newest ? Uni.createFrom().item(done) : again(record, round));
    }

    private Uni<Reconciliation> again(RoleRecord record, int round) {
        InstanceId instance = record.role().instance().id();
        if (round == MAX_ROUNDS) {
            return Uni.createFrom().failure(new BusyInstanceException(instance));
        }
        return reload(instance).flatMap(newer -> round(newer, Basis.REWRITE, round + 1));
    }

    private Uni<RoleRecord> reload(InstanceId instance) {
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    private Application application(RoleRecord record, WantedRole wanted, RoleState state) {
        return new Application(
                wanted.name(),
                state.arn(),
                state.footprint(),
                state.summaries(),
                conditions(record, wanted),
                !(wanted instanceof WantedRole.NotYet),
                clock.instant());
    }

    /** What is to be seen on the role although it is in force. */
    private List<Condition> conditions(RoleRecord record, WantedRole wanted) {
        List<Condition> conditions = new ArrayList<>();
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
                && application.steps().isEmpty()
                && application.footprint().equals(record.applied())
                && types(application.conditions()).equals(types(record.conditions()));
    }

    private static List<Condition.Type> types(List<Condition> conditions) {
        return conditions.stream().map(Condition::type).sorted().toList();
    }

    private Reconciliation inForce(RoleRecord record, List<String> steps) {
        return new Reconciliation.InForce(compiler.nameOf(record.role()), record.revision(), steps);
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof HeldException || IamCallException.is(failure, Kind.REFUSED);
    }

    private Condition conditionOf(Throwable failure) {
        return failure instanceof HeldException held
                ? new Condition(held.type(), held.detail(), clock.instant())
                : new Condition(Condition.Type.RefusedByIam, String.valueOf(failure.getMessage()), clock.instant());
    }

    private Uni<Reconciliation> hold(RoleRecord record, Condition condition) {
        return ledger.hold(record, condition)
                .replaceWith(new Reconciliation.Held(compiler.nameOf(record.role()), record.revision(), condition));
    }
}
