package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * The announcement of an instance: it exists.
 *
 * @param time when it was announced, by the event's own time
 * @param alias the instance's human name; empty if it has none
 */
public record Announcement(Instant time, String alias) {

    private static final Comparator<Announcement> ORDER =
            Comparator.comparing(Announcement::time).thenComparing(Announcement::alias);

    /** The later of two announcements; at the same time the one with the greater alias, so that both orders agree. */
    Announcement later(Announcement other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }
}
