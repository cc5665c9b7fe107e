package dev.linkedrole.role.outcome;

import dev.linkedrole.role.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Events of an instance whose outcome is not published yet: those recorded since the role was last known to be in
 * force.
 *
 * @param version grows with each change to the list, so that an outcome is published only for the list it was built
 *     from
 * @param events in the order in which they were recorded
 * @param unlisted number of further events that did not fit
 */
public record PendingAcknowledgements(long version, List<UnacknowledgedEvent> events, long unlisted) {

    /** Empty list that never had an event. */
    public static final PendingAcknowledgements NOBODY = new PendingAcknowledgements(0, List.of(), 0);

    /**
     * Maximum size in bytes of one instance's events. They are stored with the role's state, in an item of at most 400
     * KB, and published in one message of at most 256 KB. Only some hundred events of a role that IAM rejects all the
     * while reach it.
     */
    static final int MAX_BYTES = 64_000;

    public PendingAcknowledgements {
        events = List.copyOf(events);
    }

    /** Returns the list with one more event. */
    public PendingAcknowledgements plus(UnacknowledgedEvent event) {
        if (!hasRoomFor(event)) {
            return new PendingAcknowledgements(version + 1, events, unlisted + 1);
        }
        List<UnacknowledgedEvent> more = new ArrayList<>(events);
        more.add(event);
        return new PendingAcknowledgements(version + 1, more, unlisted);
    }

    /** True if the event can be listed, which the first event always can. */
    public boolean hasRoomFor(UnacknowledgedEvent event) {
        return events.isEmpty()
                || event.size()
                                + events.stream()
                                        .mapToInt(UnacknowledgedEvent::size)
                                        .sum()
                        <= MAX_BYTES;
    }

    public boolean isEmpty() {
        return events.isEmpty() && unlisted == 0;
    }

    /** Returns all grants that the events name. */
    public SortedSet<Grant> grants() {
        SortedSet<Grant> grants = new TreeSet<>();
        events.forEach(event -> grants.addAll(event.grants()));
        return grants;
    }

    /** Returns the events without their grants. */
    public List<AcknowledgedEvent> answered() {
        return events.stream().map(AcknowledgedEvent::of).toList();
    }
}
