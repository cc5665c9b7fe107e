package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.role.InstanceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The events that wait until something else is done with their instance, by instance and in the order in which they came. */
final class Gathering {

    private final ConcurrentMap<InstanceId, Queue<Waiting>> waiting = new ConcurrentHashMap<>();

    /** Adds events. @return whether none waited before, so that somebody has to be sent for them */
    boolean add(InstanceId instance, List<Waiting> more) {
        boolean[] first = new boolean[1];
        waiting.compute(instance, (id, queue) -> {
            first[0] = queue == null;
            Queue<Waiting> all = queue == null ? new ArrayDeque<>() : queue;
            all.addAll(more);
            return all;
        });
        return first[0];
    }

    /** Takes as many as can be recorded together. */
    List<Waiting> take(InstanceId instance) {
        List<Waiting> taken = new ArrayList<>();
        waiting.computeIfPresent(instance, (id, queue) -> {
            while (taken.size() < Ledger.MOST_EVENTS && !queue.isEmpty()) {
                taken.add(queue.remove());
            }
            return queue.isEmpty() ? null : queue;
        });
        return taken;
    }

    int count(InstanceId instance) {
        return waiting.getOrDefault(instance, new ArrayDeque<>()).size();
    }
}
