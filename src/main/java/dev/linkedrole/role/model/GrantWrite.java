package dev.linkedrole.role.model;

import java.time.Instant;

/**
 * The latest write of one grant.
 *
 * @param time when that was said, by the event's own time
 * @param enabled whether it enables or disables
 */
public record GrantWrite(Instant time, boolean enabled) {

    /** The later of two marks; at the same time the disabling one, since a permission too few is found and one too many is not. */
    public GrantWrite later(GrantWrite other) {
        int order = time.compareTo(other.time);
        if (order == 0) {
            return enabled ? other : this;
        }
        return order > 0 ? this : other;
    }
}
