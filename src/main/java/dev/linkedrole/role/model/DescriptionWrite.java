package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * A description set by an operator.
 *
 * @param time when it was said, by the event's own time
 * @param description the description
 */
public record DescriptionWrite(Instant time, RoleDescription description) {

    private static final Comparator<DescriptionWrite> ORDER =
            Comparator.comparing(DescriptionWrite::time).thenComparing(DescriptionWrite::description);

    /** The later of two; at the same time the one with the greater text, so that both orders agree. */
    DescriptionWrite later(DescriptionWrite other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }
}
