package dev.linkedrole.role.outcome;

import dev.linkedrole.role.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Events of an instance whose outcome is not published yet: those recorded since the role was last known to be in force.
 *
 * @param version grows with each change to the list, so that an outcome is published only for the list it was built from
 * @param events in the order in which they were recorded
 * @param unlisted number of further events, for which there was no room
 */
public record PendingAcknowledgements(long version, List<UnacknowledgedEvent> events, long unlisted) {

    /** None, and there never were any. */
    public static final PendingAcknowledgements NOBODY = new PendingAcknowledgements(0, List.of(), 0);

    /**
     * The bytes that the events of one instance may take. They are kept with the role's state, in an item of at most 400 KB, and go out
     * in one message of at most 256 KB. It takes some hundred events to fill it, and a role that IAM rejects all the while.
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

    /** True if the event can be listed; a single one always can. */
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

    /** All grants that the events speak of. */
    public SortedSet<Grant> grants() {
        SortedSet<Grant> grants = new TreeSet<>();
        events.forEach(event -> grants.addAll(event.grants()));
        return grants;
    }

    /** The events, without what they said. */
    public List<AcknowledgedEvent> answered() {
        return events.stream().map(AcknowledgedEvent::of).toList();
    }
}
