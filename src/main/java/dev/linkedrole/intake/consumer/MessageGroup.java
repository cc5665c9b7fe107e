package dev.linkedrole.intake.consumer;

import dev.linkedrole.intake.consumer.InFlightMessage.Disposition;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * The messages in flight of one group of a FIFO queue. Each is settled only after those before it. Once one is returned
 * to the queue, so are all behind it, even acknowledged ones: they are delivered again in order and change nothing.
 */
final class MessageGroup {

    private final Queue<InFlightMessage> order = new ArrayDeque<>();
    private final Map<InFlightMessage, Disposition> dispositions = new HashMap<>();
    private boolean broken;

    synchronized void add(InFlightMessage message) {
        order.add(message);
    }

    /** Settles a message, and those behind it that were waiting for it. */
    void settle(InFlightMessage message, Disposition disposition, BiConsumer<InFlightMessage, Disposition> act) {
        Map<InFlightMessage, Disposition> now = new LinkedHashMap<>();
        synchronized (this) {
            dispositions.put(message, disposition);
            for (InFlightMessage next = order.peek();
                    next != null && dispositions.containsKey(next);
                    next = order.peek()) {
                order.remove();
                broken |= dispositions.remove(next) == Disposition.RETURNED;
                now.put(next, broken ? Disposition.RETURNED : Disposition.DELETED);
            }
        }
        now.forEach(act);
    }
}
