package dev.linkedrole.role.model;

/**
 * Identity of an event: two events with the same id and source are duplicates.
 *
 * @param id unique within the source
 * @param source the sender
 */
public record EventId(String id, String source) {

    /** Formats the id for people: one line, whatever the producer has put into it. */
    @Override
    public String toString() {
        return LogText.bare(source) + "/" + LogText.bare(id);
    }
}
