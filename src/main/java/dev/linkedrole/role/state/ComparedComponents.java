package dev.linkedrole.role.state;

import java.util.Set;
import java.util.TreeSet;

/**
 * Components of a role that are compared with the desired ones, beside its policies; all others are not ours to change.
 *
 * @param tags the names of the tags
 * @param boundary true if a boundary is desired
 * @param description true if an operator has set a description
 * @param serviceLinked true if the role is service-linked: then IAM sets its trust policy, and its service attaches
 *     policies freely
 * @param leaveAlone policies of others that are not compared
 */
public record ComparedComponents(
        Set<String> tags, boolean boundary, boolean description, boolean serviceLinked, LeaveAlone leaveAlone) {

    public ComparedComponents {
        tags = Set.copyOf(tags);
    }

    static ComparedComponents of(DesiredRole.Present desired) {
        return new ComparedComponents(
                new TreeSet<>(desired.tags().keySet()),
                desired.permissionsBoundary().isPresent(),
                desired.description().edited(),
                desired.serviceLinked(),
                desired.leaveAlone());
    }

    /** Returns these components without the description, which a scan does not show. */
    ComparedComponents withoutDescription() {
        return new ComparedComponents(tags, boundary, false, serviceLinked, leaveAlone);
    }
}
