package dev.linkedrole.intake.queue;

import dev.linkedrole.intake.queue.InFlightMessage.Fate;
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
    private final Map<InFlightMessage, Fate> fates = new HashMap<>();
    private boolean broken;

    synchronized void add(InFlightMessage hold) {
        order.add(hold);
    }

    /** Settles a message, and those behind it that were waiting for it. */
    void settle(InFlightMessage hold, Fate fate, BiConsumer<InFlightMessage, Fate> act) {
        Map<InFlightMessage, Fate> now = new LinkedHashMap<>();
        synchronized (this) {
            fates.put(hold, fate);
            for (InFlightMessage next = order.peek(); next != null && fates.containsKey(next); next = order.peek()) {
                order.remove();
                broken |= fates.remove(next) == Fate.PUT_BACK;
                now.put(next, broken ? Fate.PUT_BACK : Fate.DELETED);
            }
        }
        now.forEach(act);
    }
}
