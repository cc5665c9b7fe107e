package dev.linkedrole.role.state;

import java.util.Map;
import java.util.SortedMap;

/**
 * A managed policy as IAM has it.
 *
 * @param version the version in force, such as {@code v7}
 * @param document the document of that version, as JSON
 * @param tags all its tags
 */
public record ManagedPolicy(String version, String document, Map<String, String> tags) {

    /** True if it carries all these tags, which makes it ours. */
    public boolean has(SortedMap<String, String> ownershipTags) {
        return tags.entrySet().containsAll(ownershipTags.entrySet());
    }
}
