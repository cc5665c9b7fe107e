package dev.linkedrole.role.model;

/**
 * What makes an event the event it is: two events with the same id from the same source are one event that came twice.
 *
 * @param id unique within the source
 * @param source who sent it
 */
public record EventId(String id, String source) {

    /** For people: one line, whatever its producer has put into it. */
    @Override
    public String toString() {
        return LogText.bare(source) + "/" + LogText.bare(id);
    }
}
