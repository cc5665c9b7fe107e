package dev.linkedrole.api;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Finds what is recorded of the instance whose id a caller has given. */
@Singleton
class RecordedRoles {

    private final Ledger ledger;

    RecordedRoles(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The newest record; fails with {@link UnknownInstanceException} if there is none. */
    Uni<RoleRecord> get(String id) {
        InstanceId instance = idOf(id);
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }

    /** An id as a caller wrote it: a UUID means the same in either case. */
    static InstanceId idOf(String text) {
        return new InstanceId(text.toLowerCase(Locale.ROOT));
    }
}
