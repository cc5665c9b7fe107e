package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.role.model.InstanceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Queue of the events that wait for other work on their instance, by instance and in the order of their arrival. */
final class PendingEvents {

    private final ConcurrentMap<InstanceId, Queue<PendingEvent>> queues = new ConcurrentHashMap<>();

    /** Adds events. @return whether none waited before, so that the caller has to start handling them */
    boolean add(InstanceId instance, List<PendingEvent> more) {
        boolean[] first = new boolean[1];
        queues.compute(instance, (id, queue) -> {
            first[0] = queue == null;
            Queue<PendingEvent> all = queue == null ? new ArrayDeque<>() : queue;
            all.addAll(more);
            return all;
        });
        return first[0];
    }

    /** Takes as many events as can be recorded together. */
    List<PendingEvent> take(InstanceId instance) {
        List<PendingEvent> taken = new ArrayList<>();
        queues.computeIfPresent(instance, (id, queue) -> {
            while (taken.size() < Ledger.MAX_EVENTS && !queue.isEmpty()) {
                taken.add(queue.remove());
            }
            return queue.isEmpty() ? null : queue;
        });
        return taken;
    }

    int count(InstanceId instance) {
        return queues.getOrDefault(instance, new ArrayDeque<>()).size();
    }
}
