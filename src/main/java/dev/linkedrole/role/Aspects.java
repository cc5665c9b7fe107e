package dev.linkedrole.role;

import java.util.Set;
import java.util.TreeSet;

/**
 * What of a role is compared with what is wanted, beside its policies: the rest is for others to say.
 *
 * @param tags the names of the tags
 * @param boundary whether there is to be a boundary
 * @param description whether somebody has said how it is to be described
 * @param serviceLinked whether it is service-linked: then IAM says who may assume it, and its service attaches what it likes
 */
public record Aspects(Set<String> tags, boolean boundary, boolean description, boolean serviceLinked) {

    public Aspects {
        tags = Set.copyOf(tags);
    }

    static Aspects of(WantedRole.Present wanted) {
        return new Aspects(
                new TreeSet<>(wanted.tags().keySet()),
                wanted.permissionsBoundary().isPresent(),
                wanted.description().edited(),
                wanted.serviceLinked());
    }

    /** The same, where the description is not to be seen. */
    Aspects withoutDescription() {
        return new Aspects(tags, boundary, false, serviceLinked);
    }
}
