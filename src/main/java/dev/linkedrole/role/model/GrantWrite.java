package dev.linkedrole.role.model;

import java.time.Instant;

/**
 * The latest write of one grant.
 *
 * @param time time of the write, by the event
 * @param enabled true if the write enables the grant, false if it disables it
 */
public record GrantWrite(Instant time, boolean enabled) {

    /**
     * Returns the later of two writes; of simultaneous ones the disabling one, since a missing permission is noticed
     * and an excess one is not.
     */
    public GrantWrite later(GrantWrite other) {
        int order = time.compareTo(other.time);
        if (order == 0) {
            return enabled ? other : this;
        }
        return order > 0 ? this : other;
    }
}
