package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * A description set by an operator.
 *
 * @param time time of the write, by the event
 * @param description the description
 */
public record DescriptionWrite(Instant time, RoleDescription description) {

    private static final Comparator<DescriptionWrite> ORDER =
            Comparator.comparing(DescriptionWrite::time).thenComparing(DescriptionWrite::description);

    /**
     * Returns the later of two writes; of simultaneous ones that with the greater text, so that the order does not
     * matter.
     */
    DescriptionWrite later(DescriptionWrite other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }
}
