package dev.linkedrole.role.model;

/**
 * The identity of an event: two events with the same id and source are one event that came twice.
 *
 * @param id unique within the source
 * @param source the sender
 */
public record EventId(String id, String source) {

    /** For people: one line, whatever its producer has put into it. */
    @Override
    public String toString() {
        return LogText.bare(source) + "/" + LogText.bare(id);
    }
}
