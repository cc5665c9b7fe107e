package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.RoleLog;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers of roles by lifecycle and condition, and of changes that are recorded and not applied, as the resync of this
 * replica last read them. They cost no reads of their own.
 *
 * <p>Each replica counts the shards that it compared last, so that the sum over all replicas is the number of roles.
 */
public final class RoleCounts {

    /**
     * Changes that are recorded and not applied.
     *
     * @param number number of roles with such a change
     * @param oldest time at which the oldest of them was recorded; empty if there is none
     */
    record PendingChanges(long number, Optional<Instant> oldest) {

        static final PendingChanges NONE = new PendingChanges(0, Optional.empty());

        PendingChanges and(RoleRecord record) {
            if (record.settled()) {
                return this;
            }
            Instant since = record.changedAt();
            return new PendingChanges(
                    number + 1, Optional.of(oldest.filter(since::isAfter).orElse(since)));
        }
    }

    private final Map<String, ShardCounts> shards = new ConcurrentHashMap<>();
    private volatile PendingChanges pending = PendingChanges.NONE;

    /** Number of roles of a lifecycle stage in the shards of this replica. */
    long roles(LinkedRole.Lifecycle lifecycle) {
        return shards.values().stream()
                .mapToLong(shard -> shard.roles(lifecycle))
                .sum();
    }

    /** Number of roles with a condition in the shards of this replica. */
    long roles(Condition.Type condition) {
        return shards.values().stream()
                .mapToLong(shard -> shard.roles(condition))
                .sum();
    }

    /** Returns the pending changes of all shards; none unless this replica was the last to look for them. */
    PendingChanges pending() {
        return pending;
    }

    void pending(PendingChanges found) {
        pending = found;
    }

    /** Forgets the pending changes, since another replica has looked for them after this one. */
    void forgetPending() {
        pending = PendingChanges.NONE;
    }

    /** Forgets a shard, since another replica has compared it after this one. */
    void forget(String shard) {
        shards.remove(shard);
    }

    /** Begins to count some shards; the earlier numbers stay until the {@link Round#end end}. */
    Round begin(Collection<Shard> begun) {
        return new Round(begun);
    }

    /** Counting of the roles of some shards. */
    final class Round {

        private final Map<String, ShardCounts> found = new HashMap<>();

        private Round(Collection<Shard> counted) {
            counted.forEach(shard -> found.put(shard.digit(), new ShardCounts()));
        }

        /** Counts a role that was read. */
        void add(RoleRecord record) {
            LinkedRole role = record.role();
            of(role.instance().id()).ifPresent(shard -> shard.add(role.lifecycle(), types(record)));
        }

        /** Corrects the conditions of a role that was counted, and then compared with IAM. */
        void correct(RoleRecord record, Reconciliation result) {
            Set<Condition.Type> before = types(record);
            Set<Condition.Type> after = EnumSet.noneOf(Condition.Type.class);
            switch (result) {
                case Reconciliation.Blocked blocked -> {
                    after.addAll(before);
                    after.add(blocked.condition().type());
                }
                case Reconciliation.InForce inForce ->
                    before.stream()
                            .filter(type -> !RoleLog.keepsFromForce(type))
                            .forEach(after::add);
            }
            of(record.role().instance().id()).ifPresent(shard -> shard.replace(before, after));
        }

        /** Ends the counting: its numbers replace the earlier ones of its shards. */
        void end() {
            shards.putAll(found);
        }

        private Optional<ShardCounts> of(InstanceId instance) {
            return Optional.ofNullable(found.get(instance.value().substring(0, 1)));
        }
    }

    private static Set<Condition.Type> types(RoleRecord record) {
        Set<Condition.Type> types = EnumSet.noneOf(Condition.Type.class);
        record.conditions().forEach(condition -> types.add(condition.type()));
        return types;
    }

    /** Numbers of one shard. */
    private static final class ShardCounts {

        private final Map<LinkedRole.Lifecycle, Long> lifecycles = new EnumMap<>(LinkedRole.Lifecycle.class);
        private final Map<Condition.Type, Long> conditions = new EnumMap<>(Condition.Type.class);

        synchronized void add(LinkedRole.Lifecycle lifecycle, Set<Condition.Type> types) {
            lifecycles.merge(lifecycle, 1L, Long::sum);
            types.forEach(type -> conditions.merge(type, 1L, Long::sum));
        }

        synchronized void replace(Set<Condition.Type> before, Set<Condition.Type> after) {
            before.forEach(type -> conditions.merge(type, -1L, Long::sum));
            after.forEach(type -> conditions.merge(type, 1L, Long::sum));
        }

        synchronized long roles(LinkedRole.Lifecycle lifecycle) {
            return lifecycles.getOrDefault(lifecycle, 0L);
        }

        /** Not negative, although a condition may be recorded or end between the two readings of a role. */
        synchronized long roles(Condition.Type condition) {
            return Math.max(0L, conditions.getOrDefault(condition, 0L));
        }
    }
}
