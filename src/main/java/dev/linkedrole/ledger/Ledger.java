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
 * Stores events and the states they lead to. Every write is conditional, so that any number of replicas may use it at once and any write
 * may be repeated.
 *
 * <p>An operation that fails may or may not have taken effect; repeating it is right in either case.
 */
public interface Ledger {

    /** The most items of a transaction beside the state, as DynamoDB has it. */
    int MAX_WITH_STATE = 99;

    /**
     * The most events that are recorded together. With the state, and with what they disable, they are one transaction.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
     */
    int MAX_EVENTS = 75;

    /**
     * The newest record of an instance's role; empty if nothing was ever recorded of it. Of its marks it has those that enable, which is all that
     * is needed to say what the role is to be.
     */
    Uni<Optional<RoleRecord>> load(InstanceId instance);

    /**
     * The same with the marks of these grants, whatever they say: what is needed to decide on events that name them. What it costs depends on how
     * many they are, and not on what the role ever had.
     */
    Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants);

    /**
     * The newest records of many instances, in any order; of those of which nothing is recorded there is none. In fewer requests
     * than one by one where there is a way to that.
     */
    default Multi<RoleRecord> records(Multi<InstanceId> instances) {
        return instances
                .onItem()
                .transformToUniAndConcatenate(this::load)
                .flatMap(found -> Multi.createFrom().optional(found));
    }

    /**
     * Records events of one instance and the state that they lead to, in one transaction. The revision grows by one if any of them
     * changed something, however many they are.
     *
     * @param before the record that the decisions were made on; the identity that it has is recorded with them, unless one is
     * @param events different ones, each decided on with those before it; at least one, and no more than {@link #MAX_EVENTS}
     * @param at now
     * @return one for each event. Either all are {@link RecordResult#RECORDED}; or nothing is written, and those which had been recorded
     *     before are {@link RecordResult#DUPLICATE}, those whose id another event has are {@link RecordResult.IdReused}, those that are too large for it {@link RecordResult.TooLarge}, and all others {@link RecordResult#CONFLICT}
     */
    Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at);

    /** Records a single event. */
    default Uni<RecordResult> record(RoleRecord before, RoleEvent event, Decision decision, Instant at) {
        return record(before, List.of(new DecidedEvent(event, decision)), at).map(List::getFirst);
    }

    /** The acknowledgements that are pending once {@link #record} has recorded these events. */
    PendingAcknowledgements awaiting(RoleRecord before, List<DecidedEvent> events);

    /**
     * Records under which name IAM has the role, where that was for IAM to say, before anything is done that relies on it.
     *
     * @param roleArn as IAM gave it
     */
    Uni<Void> name(InstanceId instance, String roleArn);

    /**
     * Records that IAM was brought up to the record's revision, and with what conditions. The role is not {@link #pending}
     * after that, and its identity is recorded, unless one is. If the application has an outcome, it is in the {@link Outbox} with that, and the acknowledgements are no longer pending.
     *
     * @return false if more was recorded in the meantime, in which case nothing is written
     */
    Uni<Boolean> markApplied(RoleRecord record, AppliedChange application);

    /**
     * Puts an outcome that says nothing but what is in IAM already into the {@link Outbox}, and the acknowledgements are no longer pending.
     *
     * @return false if more was recorded in the meantime, or others wait by now, in which case nothing is written
     */
    Uni<Boolean> answer(RoleRecord record, Outcome outcome);

    /**
     * Records that so many managed policies may be made for a role, before the first of them is: what is made after that is found
     * again, by any replica. The number only grows.
     *
     * @param roleArn the role's ARN, from which those of its policies follow
     */
    Uni<Void> reserve(RoleRecord record, String roleArn, int slots);

    /**
     * Records what keeps the role from being what is desired. It stays {@link #pending} and is tried again, unless all that
     * is recorded is in force and trying again could mend nothing.
     *
     * @return false if more was recorded in the meantime, in which case nothing is written
     */
    Uni<Boolean> setCondition(RoleRecord record, Condition condition);

    /**
     * The same for a role that was brought nearer to what is desired, as far as IAM let it: with what it is like by now, if the
     * application says so, its name and ARN, and its conditions. The revision does not count as applied, and no outcome is published.
     *
     * @param halfway has at least one condition
     * @return false if more was recorded in the meantime, in which case nothing is written
     */
    Uni<Boolean> setCondition(RoleRecord record, AppliedChange halfway);

    /** Maximum number of rejected events in the history of one instance. */
    int MAX_REFUSED = 64;

    /**
     * Notes in the history of an instance that an event was rejected. The same event is there once. Later ones take the place of earlier ones
     * where there are more than {@link #MAX_REFUSED}, and by chance where there are fewer.
     */
    Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected);

    /** Everything that happened to a role, oldest first. */
    Multi<HistoryEntry> history(InstanceId instance);

    /** The instances whose role is not known to be what is desired, or has a condition. May lag behind by some seconds. */
    Multi<InstanceId> pending();

    /** The pending instances that have not become so just now. */
    default Multi<InstanceId> pending(RecentWindow recent) {
        return pending();
    }

    /** Every instance of which anything was recorded. May lag behind by some seconds. */
    Multi<InstanceId> all();

    /**
     * Those of them that are in one of the {@link Shard shards}.
     */
    default Multi<InstanceId> all(Shard shard) {
        return all().filter(shard::has);
    }
}
