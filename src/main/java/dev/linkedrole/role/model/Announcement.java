package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * The announcement of an instance: it exists.
 *
 * @param time time of the announcement, by the event
 * @param alias the instance's human name; empty if it has none
 */
public record Announcement(Instant time, String alias) {

    private static final Comparator<Announcement> ORDER =
            Comparator.comparing(Announcement::time).thenComparing(Announcement::alias);

    /**
     * Returns the later of two announcements; of simultaneous ones that with the greater alias, so that the order does
     * not matter.
     */
    Announcement later(Announcement other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }
}
