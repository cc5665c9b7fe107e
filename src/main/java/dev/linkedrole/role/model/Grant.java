package dev.linkedrole.role.model;

import java.util.Comparator;
import java.util.Optional;

/**
 * One feature on one resource: the unit in which permissions are granted and revoked.
 *
 * @param feature the feature's name in the catalog, or {@link #BASE}
 * @param resource the resource's ARN; empty for a feature that needs none
 */
public record Grant(String feature, Optional<String> resource) implements Comparable<Grant> {

    /** The grant of every live role, whatever its features. No feature of a catalog may have this name. */
    public static final Grant BASE = new Grant("base", Optional.empty());

    private static final Comparator<Grant> ORDER = Comparator.comparing(Grant::feature)
            .thenComparing(grant -> grant.resource().orElse(""));

    public static Grant of(String feature, String resource) {
        return new Grant(feature, Optional.of(resource));
    }

    public static Grant withoutResource(String feature) {
        return new Grant(feature, Optional.empty());
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return resource.map(arn -> feature + " " + arn).orElse(feature);
    }
}
