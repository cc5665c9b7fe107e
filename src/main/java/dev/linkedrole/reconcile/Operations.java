package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.EventId;
import dev.linkedrole.role.InstanceArn;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.UUID;

/**
 * What operators may have done to a role. What they say is recorded as an event, as what producers say is, and so holds for
 * every replica and for ever; and the role is compared with IAM itself.
 *
 * <p>Each fails with {@link UnknownInstanceException} if nothing is recorded of the instance, unless it is what they say of it,
 * with {@link IamFailedException} if IAM does not answer as it should, and with {@link BusyInstanceException}.
 */
public final class Operations {

    /** Where operators' events come from. */
    public static final String SOURCE = "linked-role-controller/api";

    private final Ledger ledger;
    private final EventHandler handler;
    private final Reconciler reconciler;
    private final InstantSource clock;

    public Operations(Ledger ledger, EventHandler handler, Reconciler reconciler, InstantSource clock) {
        this.ledger = ledger;
        this.handler = handler;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /** Compares the role with IAM now, and repairs what differs. */
    public Uni<Reconciliation> reconcile(InstanceId instance) {
        return reconciler.reconcile(instance, Basis.IAM).onFailure().transform(IamFailedException::of);
    }

    /**
     * Says that an instance exists. If that is known already nothing is recorded, and its role is made if it is missing.
     *
     * @param alias the instance's human name; empty if it has none
     * @return also fails with {@link DeletedInstanceException} if the instance is known to be gone, and with {@link
     *     dev.linkedrole.role.RefusedException} if its id is known with another ARN
     */
    public Uni<Told> announce(InstanceArn instance, String alias) {
        return ledger.load(instance.id()).flatMap(known -> {
            known.ifPresent(Operations::requireNotDeleted);
            Uni<Boolean> news = known.filter(record -> announced(record, instance))
                    .map(record -> reconcile(instance.id()).replaceWith(false))
                    .orElseGet(() -> record(new RoleEvent.InstanceCreated(newId(), instance, clock.instant(), alias)));
            return news.flatMap(recorded -> told(instance.id(), recorded));
        });
    }

    private static boolean announced(RoleRecord record, InstanceArn instance) {
        return record.role().announced() && record.role().instance().equals(instance);
    }

    private static void requireNotDeleted(RoleRecord record) {
        if (record.role().deleted()) {
            throw new DeletedInstanceException(record.role().instance().id());
        }
    }

    private Uni<Boolean> record(RoleEvent event) {
        return handler.handle(event, true).replaceWith(true).onFailure().transform(IamFailedException::of);
    }

    private Uni<Told> told(InstanceId instance, boolean recorded) {
        return ledger.load(instance)
                .map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)))
                .invoke(Operations::requireNotDeleted)
                .map(record -> new Told(recorded, record));
    }

    private static EventId newId() {
        return new EventId(UUID.randomUUID().toString(), SOURCE);
    }
}
