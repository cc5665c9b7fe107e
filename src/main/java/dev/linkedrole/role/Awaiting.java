package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who is yet to be told what became of an instance's events: those recorded since the role was last known to be as they say.
 *
 * @param version grows with each change to the list, so that who answers can tell whether it is still the one he knows
 * @param events in the order in which they were recorded
 * @param unlisted how many more there are for which there was no room
 */
public record Awaiting(long version, List<Unanswered> events, long unlisted) {

    /** Nobody, and nobody ever was. */
    public static final Awaiting NOBODY = new Awaiting(0, List.of(), 0);

    /**
     * The bytes that the events of one instance may take. They are kept with the role's state, in an item of at most 400 KB, and go out
     * in one message of at most 256 KB. It takes some hundred events to fill it, and a role that IAM refuses all the while.
     */
    static final int MOST_BYTES = 64_000;

    public Awaiting {
        events = List.copyOf(events);
    }

    /** With one more event. */
    public Awaiting plus(Unanswered event) {
        if (!hasRoomFor(event)) {
            return new Awaiting(version + 1, events, unlisted + 1);
        }
        List<Unanswered> more = new ArrayList<>(events);
        more.add(event);
        return new Awaiting(version + 1, more, unlisted);
    }

    /** Whether the event can be listed; a single one always can. */
    public boolean hasRoomFor(Unanswered event) {
        return events.isEmpty()
                || event.size() + events.stream().mapToInt(Unanswered::size).sum() <= MOST_BYTES;
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
    public List<Answered> answered() {
        return events.stream().map(Answered::of).toList();
    }
}
