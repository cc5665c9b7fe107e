package dev.linkedrole.role.state;

import java.util.Set;
import java.util.TreeSet;

/**
 * Components of a role that are compared with the desired ones, beside its policies: the rest is for others to set.
 *
 * @param tags the names of the tags
 * @param boundary whether there is to be a boundary
 * @param description whether an operator has set a description
 * @param serviceLinked whether it is service-linked: then IAM sets its trust policy, and its service attaches policies freely
 */
public record ComparedComponents(Set<String> tags, boolean boundary, boolean description, boolean serviceLinked) {

    public ComparedComponents {
        tags = Set.copyOf(tags);
    }

    static ComparedComponents of(DesiredRole.Present desired) {
        return new ComparedComponents(
                new TreeSet<>(desired.tags().keySet()),
                desired.permissionsBoundary().isPresent(),
                desired.description().edited(),
                desired.serviceLinked());
    }

    /** The same, where the description is not to be seen. */
    ComparedComponents withoutDescription() {
        return new ComparedComponents(tags, boundary, false, serviceLinked);
    }
}
