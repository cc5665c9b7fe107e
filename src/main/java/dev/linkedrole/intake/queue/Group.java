package dev.linkedrole.intake.queue;

import dev.linkedrole.intake.queue.Hold.Fate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * The messages in hand of one group of a FIFO queue. What becomes of each waits for what becomes of those before it. Once one is put
 * back, all behind it are, whatever was said of them: they come again in their order, and change nothing.
 */
final class Group {

    private final Queue<Hold> order = new ArrayDeque<>();
    private final Map<Hold, Fate> fates = new HashMap<>();
    private boolean broken;

    synchronized void add(Hold hold) {
        order.add(hold);
    }

    /** Settles all of which it can be said now. */
    void settle(Hold hold, Fate fate, BiConsumer<Hold, Fate> act) {
        Map<Hold, Fate> now = new LinkedHashMap<>();
        synchronized (this) {
            fates.put(hold, fate);
            for (Hold next = order.peek(); next != null && fates.containsKey(next); next = order.peek()) {
                order.remove();
                broken |= fates.remove(next) == Fate.PUT_BACK;
                now.put(next, broken ? Fate.PUT_BACK : Fate.DELETED);
            }
        }
        now.forEach(act);
    }
}
