package dev.linkedrole.role.outcome;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A recorded event whose outcome is not published yet.
 *
 * @param event id and source of the event
 * @param type such as {@code feature-enabled}
 * @param grants the grants that it names, whether or not it changed them; none for the deletion of the instance, which
 *     revokes all, nor if they are more than any role can have, which only an event that revokes grants can name
 */
public record UnacknowledgedEvent(EventId event, String type, SortedSet<Grant> grants) {

    /** Maximum length of a character that JSON writes as an escape. */
    private static final int ESCAPE = 6;

    /** Maximum size of the grants, more than the ARNs in all policies that a role can have. */
    private static final int MAX_BYTES = 160_000;

    public UnacknowledgedEvent {
        grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
    }

    public static UnacknowledgedEvent of(RoleEvent event, Decision decision) {
        UnacknowledgedEvent whole = new UnacknowledgedEvent(event.eventId(), event.type(), grants(event, decision));
        return whole.size() > MAX_BYTES ? new UnacknowledgedEvent(whole.event(), whole.type(), new TreeSet<>()) : whole;
    }

    private static SortedSet<Grant> grants(RoleEvent event, Decision decision) {
        SortedSet<Grant> grants = new TreeSet<>();
        if (!decision.after().deleted()) {
            grants.addAll(LinkedRole.of(event).grantWrites().keySet());
            grants.addAll(decision.granted());
            grants.addAll(decision.taken());
            if (event instanceof RoleEvent.InstanceCreated) {
                grants.add(Grant.BASE);
            }
        }
        return grants;
    }

    /** Returns an upper bound of the event's size in JSON, in bytes. */
    int size() {
        int size = cost(event.id()) + cost(event.source()) + cost(type);
        for (Grant grant : grants) {
            size += cost(grant.feature())
                    + grant.resource().map(UnacknowledgedEvent::cost).orElse(0);
        }
        return size;
    }

    private static int cost(String text) {
        int escapes =
                (int) text.chars().filter(c -> c < ' ' || c == '"' || c == '\\').count();
        return text.getBytes(StandardCharsets.UTF_8).length + ESCAPE * escapes + ESCAPE;
    }
}
