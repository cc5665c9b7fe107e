package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recording;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes one event all the way: decided, recorded, and in force in IAM. */
public final class EventHandler {

    /** How often somebody else may be quicker before the message is put back. */
    private static final int RECORD_ATTEMPTS = 12;

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(500);

    private final Ledger ledger;
    private final PolicyCompiler compiler;
    private final Reconciler reconciler;
    private final InstantSource clock;

    public EventHandler(Ledger ledger, PolicyCompiler compiler, Reconciler reconciler, InstantSource clock) {
        this.ledger = ledger;
        this.compiler = compiler;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /**
     * Records an event and reconciles its role. May be repeated, at once or later, here or elsewhere.
     *
     * @param redelivered whether the message was received before: then whoever had it may have died after writing to IAM,
     *     and the role is compared with IAM itself
     * @return fails with {@link RefusedException} if the event cannot be accepted, with anything else if it has to be
     *     tried again
     */
    public Uni<Handled> handle(RoleEvent event, boolean redelivered) {
        Basis basis = redelivered ? Basis.IAM : Basis.LEDGER;
        return reconciler
                .lanes()
                .inTurn(event.instance().id(), () -> record(event).flatMap(recorded -> reconcile(recorded, basis)));
    }

    private Uni<Handled> reconcile(Recorded recorded, Basis basis) {
        return reconciler
                .reconcile(recorded.record(), basis)
                .map(reconciliation -> new Handled(recorded.recording() == Recording.DUPLICATE, reconciliation));
    }

    private Uni<Recorded> record(RoleEvent event) {
        return Uni.createFrom()
                .deferred(() -> recordOnce(event))
                .onFailure(ConflictException.class)
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .withJitter(1.0)
                .atMost(RECORD_ATTEMPTS);
    }

    private Uni<Recorded> recordOnce(RoleEvent event) {
        return ledger.load(event.instance().id())
                .map(found -> found.orElseGet(() -> RoleRecord.blank(event.instance())))
                .flatMap(before -> recordAfter(before, event));
    }

    private Uni<Recorded> recordAfter(RoleRecord before, RoleEvent event) {
        if (!before.role().instance().equals(event.instance())) {
            return Uni.createFrom().failure(mismatch(before, event).asException());
        }
        Decision decision = Decision.of(before.role(), event);
        WantedRole.Present wanted = compiler.compileAnnounced(decision.after());
        boolean grows = event instanceof RoleEvent.FeatureEnabled && decision.effect() != Decision.Effect.SUPERSEDED;
        if (grows && wanted.charactersOver() > 0) {
            return refuseAsTooLarge(before, wanted);
        }
        Instant at = clock.instant();
        return ledger.record(before, event, decision, at).flatMap(recording -> switch (recording) {
            case CONFLICT -> Uni.createFrom().failure(new ConflictException());
            case DUPLICATE -> reload(event.instance().id(), recording);
            case RECORDED -> Uni.createFrom().item(new Recorded(recording, after(before, decision, at)));
        });
    }

    private static RoleRecord after(RoleRecord before, Decision decision, Instant at) {
        return decision.effect() == Decision.Effect.SUPERSEDED ? before : before.next(decision.after(), at);
    }

    /** What was recorded when the event came first is not at hand, and more may have been recorded since. */
    private Uni<Recorded> reload(InstanceId instance, Recording recording) {
        return ledger.load(instance)
                .map(found -> new Recorded(recording, found.orElseThrow(() -> new UnknownInstanceException(instance))));
    }

    private static Refusal mismatch(RoleRecord before, RoleEvent event) {
        return new Refusal(
                Refusal.Reason.INSTANCE_MISMATCH,
                "instanceArn is " + event.instance() + ", but this instance id is recorded as "
                        + before.role().instance());
    }

    /** The role is left as it was, with a condition that says why it did not grow. */
    private Uni<Recorded> refuseAsTooLarge(RoleRecord before, WantedRole.Present wanted) {
        HeldException tooLarge = Growth.tooLarge(wanted);
        Condition condition = new Condition(tooLarge.type(), tooLarge.detail(), clock.instant());
        Refusal refusal =
                new Refusal(Refusal.Reason.POLICY_TOO_LARGE, "resources cannot be granted: " + tooLarge.detail());
        return ledger.hold(before, condition).chain(() -> Uni.createFrom().failure(refusal.asException()));
    }

    private record Recorded(Recording recording, RoleRecord record) {}

    /** Somebody else recorded another event of the instance first. */
    private static final class ConflictException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ConflictException() {
            super("another event of the same instance was recorded first", null, false, false);
        }
    }
}
