package dev.linkedrole.connect.comparison;

import dev.linkedrole.role.model.RoleEvent;
import java.util.List;

/**
 * Difference between what Amazon Connect says of an instance and what is recorded of it.
 *
 * @param events events that make the record agree, in the order in which to record them; none if it agrees
 * @param notes a sentence about each thing that was not decided, with the reason
 * @param associations associations that were read, whether they are recorded or not
 */
public record Comparison(List<RoleEvent> events, List<String> notes, List<FoundAssociation> associations) {

    public Comparison {
        events = List.copyOf(events);
        notes = List.copyOf(notes);
        associations = List.copyOf(associations);
    }

    /** Creates the difference of an instance without associations. */
    public Comparison(List<RoleEvent> events, List<String> notes) {
        this(events, notes, List.of());
    }
}
