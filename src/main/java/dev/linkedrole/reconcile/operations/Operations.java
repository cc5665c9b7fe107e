package dev.linkedrole.reconcile.operations;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Inspection;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.reconcile.NotAdoptedException;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.DescriptionWrite;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.ActualRole;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Operations on a role by operators. Each is recorded as an event, like producers' events, so that it holds for every
 * replica and for ever; and the role is compared with IAM itself.
 *
 * <p>Each fails with {@link UnknownInstanceException} if no record of the instance exists and the operation does not
 * announce it, with {@link IamFailedException} if IAM rejects a call or does not answer, and with {@code
 * BusyInstanceException}.
 */
public final class Operations {

    /** Source of operators' events. */
    public static final String SOURCE = "linked-role-controller/api";

    private final Ledger ledger;
    private final EventHandler handler;
    private final Reconciler reconciler;
    private final Inspector inspector;
    private final InstantSource clock;

    public Operations(
            Ledger ledger, EventHandler handler, Reconciler reconciler, Inspector inspector, InstantSource clock) {
        this.ledger = ledger;
        this.handler = handler;
        this.reconciler = reconciler;
        this.inspector = inspector;
        this.clock = clock;
    }

    /** Compares the role with IAM now, and repairs differences. */
    public Uni<Reconciliation> reconcile(InstanceId instance) {
        return reconciler.reconcile(instance, ReconcileMode.IAM).onFailure().transform(IamFailedException::of);
    }

    /**
     * Announces an instance. If it is announced already nothing is recorded, and its role is created if it is missing.
     *
     * @param alias the instance's human name; empty if it has none
     * @param adopt true to take over a role that has the name now and is not ours, or is ours and grants more than is
     *     recorded
     * @return also fails with {@link DeletedInstanceException} if the instance is deleted, with {@link
     *     NotAdoptedException} if a role that is to be taken over carries another owner's tag, and with {@link
     *     dev.linkedrole.role.model.RejectedException} if its id is known with another ARN
     */
    public Uni<OperatorResult> announce(InstanceArn instance, String alias, boolean adopt) {
        return ledger.load(instance.id()).flatMap(known -> {
            known.ifPresent(Operations::requireNotDeleted);
            boolean news = known.filter(record -> announced(record, instance)).isEmpty();
            Uni<Reconciliation> made = news
                    ? record(new RoleEvent.InstanceCreated(newId(), instance, clock.instant(), alias))
                    : reconcile(instance.id());
            RoleRecord before = known.orElseGet(() -> RoleRecord.blank(instance));
            return (adopt ? made.flatMap(done -> adoptIfTaken(before, done)) : made)
                    .flatMap(done -> resultOf(instance.id(), news));
        });
    }

    private Uni<Reconciliation> adoptIfTaken(RoleRecord known, Reconciliation made) {
        return needsAdoption(made) ? adopt(known) : Uni.createFrom().item(made);
    }

    /** Records the adoption together with the role's present content, before any of it is replaced. */
    private Uni<Reconciliation> adopt(RoleRecord known) {
        return inspector
                .inspect(known)
                .invoke(found -> requireNoOtherOwner(known, found))
                .flatMap(found -> record(new RoleEvent.RoleAdopted(
                        newId(), known.role().instance(), timeOfAdoption(found), ReplacedRole.by(found))));
    }

    /**
     * Returns the time of an adoption: not before the role was created, by IAM's clock, nor before the ledger was
     * restored, by DynamoDB's; ours may be behind either. The adoption is about the role that exists now.
     */
    private Instant timeOfAdoption(Inspection found) {
        Instant now = reconciler.origin().notBefore(clock.instant());
        return found.actual() instanceof ActualRole.Present role
                        && role.createdAt().isAfter(now)
                ? role.createdAt()
                : now;
    }

    private void requireNoOtherOwner(RoleRecord record, Inspection found) {
        String ours = inspector.identity(record).owner();
        if (found.actual() instanceof ActualRole.Present role) {
            RoleTags.value(role.tags(), RoleTags.OWNER_TAG)
                    .filter(owner -> !owner.equals(ours))
                    .ifPresent(owner -> {
                        throw new NotAdoptedException(role.arn(), owner);
                    });
        }
    }

    private static boolean needsAdoption(Reconciliation reconciliation) {
        return reconciliation instanceof Reconciliation.Blocked blocked
                && (blocked.condition().type() == Condition.Type.RoleNameTaken
                        || blocked.condition().type() == Condition.Type.RoleNotRecorded);
    }

    /**
     * Sets the description of a role, whatever IAM has. If it is recorded already nothing is recorded.
     *
     * @return also fails with {@link DeletedInstanceException} if the instance is deleted
     */
    public Uni<OperatorResult> describe(InstanceId instance, RoleDescription description) {
        return ledger.load(instance)
                .map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)))
                .invoke(Operations::requireNotDeleted)
                .flatMap(known -> {
                    Optional<DescriptionWrite> before = known.role().descriptionWrite();
                    boolean news = !before.map(DescriptionWrite::description).equals(Optional.of(description));
                    Uni<Reconciliation> made = news
                            ? record(new RoleEvent.DescriptionEdited(
                                    newId(), known.role().instance(), after(before), description))
                            : reconcile(instance);
                    return made.flatMap(done -> resultOf(instance, news));
                });
    }

    /**
     * Returns the present time; or just after the former write, if another replica's clock is ahead, so that the later
     * operator wins.
     */
    private Instant after(Optional<DescriptionWrite> before) {
        Instant now = clock.instant();
        return before.map(DescriptionWrite::time)
                .filter(time -> !time.isBefore(now))
                .map(time -> time.plusNanos(1))
                .orElse(now);
    }

    private static boolean announced(RoleRecord record, InstanceArn instance) {
        return record.role().announced() && record.role().instance().equals(instance);
    }

    private static void requireNotDeleted(RoleRecord record) {
        if (record.role().deleted()) {
            throw new DeletedInstanceException(record.role().instance().id());
        }
    }

    private Uni<Reconciliation> record(RoleEvent event) {
        return handler.handle(event, true)
                .map(HandlingResult::reconciliation)
                .onFailure()
                .transform(IamFailedException::of);
    }

    private Uni<OperatorResult> resultOf(InstanceId instance, boolean recorded) {
        return ledger.load(instance)
                .map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)))
                .invoke(Operations::requireNotDeleted)
                .map(record -> new OperatorResult(recorded, record));
    }

    private static EventId newId() {
        return new EventId(UUID.randomUUID().toString(), SOURCE);
    }
}
