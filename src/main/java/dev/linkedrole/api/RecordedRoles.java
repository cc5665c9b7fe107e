package dev.linkedrole.api;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Looks up the record of an instance by the id that a caller has given. */
@Singleton
class RecordedRoles {

    private final Ledger ledger;

    RecordedRoles(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns the newest record; fails with {@link UnknownInstanceException} if there is none. */
    Uni<RoleRecord> get(String id) {
        InstanceId instance = idOf(id);
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    /** Parses an id as a caller wrote it; neither the dashes of a UUID nor its case matter. */
    static InstanceId idOf(String text) {
        return InstanceId.read(text);
    }
}
