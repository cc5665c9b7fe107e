package dev.linkedrole.connect.imports;

import dev.linkedrole.role.model.InstanceArn;
import java.util.List;

/**
 * Difference between the instances that Amazon Connect lists and the roles that are recorded.
 *
 * @param instancesWithoutRole active instances without the role of an announced instance
 * @param moreInstances number of further such instances
 * @param rolesWithoutInstance instances that are recorded to exist, and that Amazon Connect does not list
 * @param moreRoles number of further such instances
 * @param unfinished locations of which nothing is said, and why
 */
public record DriftReport(
        List<InstanceArn> instancesWithoutRole,
        long moreInstances,
        List<InstanceArn> rolesWithoutInstance,
        long moreRoles,
        List<Unfinished> unfinished) {

    /** Maximum number of instances of either kind that are named. */
    public static final int MAX_NAMED = 1_000;

    public DriftReport {
        instancesWithoutRole = List.copyOf(instancesWithoutRole);
        rolesWithoutInstance = List.copyOf(rolesWithoutInstance);
        unfinished = List.copyOf(unfinished);
    }

    /** A location whose instances could not be listed, or not in time. */
    public record Unfinished(String account, String region, String reason) {}
}
