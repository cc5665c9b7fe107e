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

    /**
     * Compares the role with IAM now, and repairs differences.
     *
     * @return also fails with {@link ReleasedRoleException} if the role is released
     */
    public Uni<Reconciliation> reconcile(InstanceId instance) {
        return load(instance).invoke(Operations::requireNotReleased).chain(() -> compare(instance));
    }

    private Uni<RoleRecord> load(InstanceId instance) {
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    private Uni<Reconciliation> compare(InstanceId instance) {
        return reconciler.reconcile(instance, ReconcileMode.IAM).onFailure().transform(IamFailedException::of);
    }

    /**
     * Announces an instance. If it is announced already nothing is recorded, and its role is created if it is missing.
     *
     * @param alias the instance's human name; empty if it has none
     * @param adopt true to take over a role that has the name now and is not ours, or is ours and grants more than is
     *     recorded, or was released
     * @return also fails with {@link DeletedInstanceException} if the instance is deleted, with {@link
     *     ReleasedRoleException} if its role is released and not to be adopted, with {@link
     *     NotAdoptedException} if a role that is to be taken over carries another owner's tag, and with {@link
     *     dev.linkedrole.role.model.RejectedException} if its id is known with another ARN
     */
    public Uni<OperatorResult> announce(InstanceArn instance, String alias, boolean adopt) {
        return ledger.load(instance.id()).flatMap(known -> {
            known.ifPresent(Operations::requireNotDeleted);
            if (known.filter(record -> record.role().released()).isPresent()) {
                return takeBack(known.get(), adopt);
            }
            boolean news = known.filter(record -> announced(record, instance)).isEmpty();
            Uni<Reconciliation> made = news
                    ? record(new RoleEvent.InstanceCreated(newId(), instance, clock.instant(), alias))
                    : reconcile(instance.id());
            RoleRecord before = known.orElseGet(() -> RoleRecord.blank(instance));
            return (adopt ? made.flatMap(done -> adoptIfTaken(before, done)) : made)
                    .flatMap(done -> resultOf(instance.id(), news));
        });
    }

    private Uni<OperatorResult> takeBack(RoleRecord known, boolean adopt) {
        return adopt
                ? adopt(known).flatMap(done -> resultOf(known.role().instance().id(), false))
                : Uni.createFrom()
                        .failure(new ReleasedRoleException(
                                known.role().instance().id()));
    }

    /**
     * Lets go of a role: it stays in IAM as it is, and nothing is done to it, whatever events follow, until an operator
     * adopts it. If it is released already nothing is recorded.
     *
     * @return also fails with {@link DeletedInstanceException} if the instance is deleted, and its role with it
     */
    public Uni<OperatorResult> release(InstanceId instance) {
        return load(instance).flatMap(known -> {
            if (known.role().released()) {
                return Uni.createFrom().item(new OperatorResult(false, known));
            }
            if (known.role().deleted() && known.settled()) {
                return Uni.createFrom().failure(new DeletedInstanceException(instance));
            }
            Instant now = clock.instant();
            Instant time = known.role().adoptedAt().filter(now::isBefore).orElse(now);
            return record(new RoleEvent.RoleReleased(newId(), known.role().instance(), time))
                    .chain(() -> load(instance))
                    .map(record -> new OperatorResult(true, record));
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
                        newId(),
                        known.role().instance(),
                        notBeforeRelease(known, timeOfAdoption(found)),
                        ReplacedRole.by(found))));
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

    /** Returns the time of an adoption that ends a release, if another replica's clock was ahead at the release. */
    private static Instant notBeforeRelease(RoleRecord known, Instant time) {
        return known.role()
                .releasedAt()
                .filter(released -> !time.isAfter(released))
                .map(released -> released.plusNanos(1))
                .orElse(time);
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
     * @return also fails with {@link DeletedInstanceException} if the instance is deleted, and with {@link
     *     ReleasedRoleException} if its role is released
     */
    public Uni<OperatorResult> describe(InstanceId instance, RoleDescription description) {
        return load(instance)
                .invoke(Operations::requireNotDeleted)
                .invoke(Operations::requireNotReleased)
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

    private static void requireNotReleased(RoleRecord record) {
        if (record.role().released()) {
            throw new ReleasedRoleException(record.role().instance().id());
        }
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
        return load(instance).invoke(Operations::requireNotDeleted).map(record -> new OperatorResult(recorded, record));
    }

    private static EventId newId() {
        return new EventId(UUID.randomUUID().toString(), SOURCE);
    }
}
