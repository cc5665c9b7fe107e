package dev.linkedrole.connect.comparison;

import dev.linkedrole.role.model.RoleEvent;
import java.util.List;

/**
 * Difference between what Amazon Connect says of an instance and what is recorded of it.
 *
 * @param events events that make the record agree, in the order in which to record them; none if it agrees
 * @param notes a sentence about each thing that was not decided, with the reason
 */
public record Comparison(List<RoleEvent> events, List<String> notes) {

    public Comparison {
        events = List.copyOf(events);
        notes = List.copyOf(notes);
    }
}
