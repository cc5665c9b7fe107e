package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Store of events and of the states that they lead to. Every write is conditional, so any number of replicas may use
 * the ledger at once, and any write may be repeated.
 *
 * <p>An operation that fails may or may not have taken effect; repeating it is correct in either case.
 */
public interface Ledger extends RoleReservations {

    /** Maximum number of items of a DynamoDB transaction beside the state. */
    int MAX_WITH_STATE = 99;

    /**
     * Maximum number of events that are recorded together. With the state and the grants that they disable, they are
     * one transaction.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
     */
    int MAX_EVENTS = 75;

    /**
     * Loads the newest record of an instance's role; empty if nothing was ever recorded of it. The record has the grant
     * writes that enable, which are enough to compile the desired role.
     */
    Uni<Optional<RoleRecord>> load(InstanceId instance);

    /**
     * Loads the newest record together with all writes of these grants, enabling or disabling: enough to decide on
     * events that name them. The cost depends on the number of these grants, and not on what the role ever had.
     */
    Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants);

    /**
     * Loads the newest records of many instances, in any order; instances without a record are left out.
     * Implementations may use fewer requests than one for each instance.
     */
    default Multi<RoleRecord> records(Multi<InstanceId> instances) {
        return instances
                .onItem()
                .transformToUniAndConcatenate(this::load)
                .flatMap(found -> Multi.createFrom().optional(found));
    }

    /**
     * Records events of one instance and the state that they lead to, in one transaction. The revision grows by one if
     * any of the events changed something, however many there are.
     *
     * @param before the record that the decisions were made on; its identity is recorded, too, unless one is recorded
     *     already
     * @param events distinct events, each decided on the state after those before it; at least one, and no more than
     *     {@link #MAX_EVENTS}
     * @param at the present time
     * @return one result for each event. Either all are {@link RecordResult#RECORDED}; or nothing is written, and
     *     events recorded before are {@link RecordResult#DUPLICATE}, events whose id another event has are {@link
     *     RecordResult.IdReused}, events that are too large are {@link RecordResult.TooLarge}, and all others {@link
     *     RecordResult#CONFLICT}
     */
    Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at);

    /** Records a single event. */
    default Uni<RecordResult> record(RoleRecord before, RoleEvent event, Decision decision, Instant at) {
        return record(before, List.of(new DecidedEvent(event, decision)), at).map(List::getFirst);
    }

    /** Returns the acknowledgements that are pending once {@link #record} has recorded these events. */
    PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events);

    /**
     * Marks the record's revision as applied, with its conditions. The role is no longer {@link #pending} after that,
     * and its identity is recorded, unless one is recorded already. An outcome of the change is put into the {@link
     * Outbox} in the same transaction, and the acknowledgements are no longer pending.
     *
     * @return false if the record has changed in the meantime; then nothing is written
     */
    Uni<Boolean> markApplied(RoleRecord record, AppliedChange application);

    /**
     * Puts an outcome into the {@link Outbox} for events whose effect is in IAM already; the acknowledgements are no
     * longer pending.
     *
     * @return false if the record or its pending acknowledgements have changed in the meantime; then nothing is written
     */
    Uni<Boolean> answer(RoleRecord record, Outcome outcome);

    /**
     * Records a condition that keeps the role from being as desired. The role stays {@link #pending} and is retried,
     * unless everything recorded is in force and a retry could not resolve the condition.
     *
     * @return false if the record has changed in the meantime; then nothing is written
     */
    Uni<Boolean> setCondition(RoleRecord record, Condition condition);

    /**
     * Records the conditions of a role that was changed only in part, since IAM rejected the rest: with its
     * fingerprint, if the change has one, its name and ARN. The revision does not count as applied, and no outcome is
     * published.
     *
     * @param partial the change, with at least one condition
     * @return false if the record has changed in the meantime; then nothing is written
     */
    Uni<Boolean> setCondition(RoleRecord record, AppliedChange partial);

    /** Maximum number of rejected events in the history of one instance. */
    int MAX_REJECTED = 64;

    /**
     * Notes in the history of an instance that an event was rejected; once for each event. Beyond {@link #MAX_REJECTED}
     * notes, later ones replace earlier ones; by chance also below that number.
     */
    Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected);

    /** Returns the history of a role, oldest first. */
    Multi<HistoryEntry> history(InstanceId instance);

    /** Lists the instances whose role is not known to be as desired, or has a condition. May be some seconds old. */
    Multi<InstanceId> pending();

    /** Lists the pending instances except those that became pending within the window. */
    default Multi<InstanceId> pending(RecentWindow recent) {
        return pending();
    }

    /** Lists every instance with a record. May be some seconds old. */
    Multi<InstanceId> all();

    /** Lists the instances with a record in one of the {@link Shard shards}. */
    default Multi<InstanceId> all(Shard shard) {
        return all().filter(shard::has);
    }
}
