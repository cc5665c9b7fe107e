package dev.linkedrole.ledger;

import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * Where events and the states they lead to are kept. Every write is conditional, so that any number of replicas may use
 * it at once and any write may be repeated.
 *
 * <p>An operation that fails may or may not have taken effect; repeating it is right in either case.
 */
public interface Ledger {

    /** The newest record of an instance's role; empty if nothing was ever recorded of it. */
    Uni<Optional<RoleRecord>> load(InstanceId instance);

    /**
     * Records an event and the state it leads to, in one transaction.
     *
     * @param before the record that the decision was made on
     * @param at now
     */
    Uni<Recording> record(RoleRecord before, RoleEvent event, Decision decision, Instant at);

    /**
     * Records that IAM was brought up to the record's revision, and with what conditions. The role is not {@link #pending}
     * after that.
     *
     * @return false if more was recorded in the meantime, in which case nothing is written
     */
    Uni<Boolean> markApplied(RoleRecord record, Application application);

    /**
     * Records what keeps the role from being what is desired. It stays {@link #pending} and is tried again, unless all that
     * is recorded is in force and trying again could mend nothing.
     *
     * <p>If more was recorded in the meantime nothing is written: whoever recorded it will find out for himself.
     */
    Uni<Void> hold(RoleRecord record, Condition condition);

    /** Everything that happened to a role, oldest first. */
    Multi<HistoryEntry> history(InstanceId instance);

    /** The instances whose role is not known to be what is desired, or has a condition. May lag behind by some seconds. */
    Multi<InstanceId> pending();

    /** Every instance of which anything was recorded. May lag behind by some seconds. */
    Multi<InstanceId> all();
}
