package dev.linkedrole.role.state;

import dev.linkedrole.role.model.RoleDescription;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Marks the owner of a service-linked role until it has its tags. {@code CreateServiceLinkedRole} takes no tags, so a role whose maker died
 * before tagging it would have no owner; but it takes a description, and the marker stands at its end.
 *
 * @param text the ownership tags in words
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html">CreateServiceLinkedRole</a>
 */
record OwnershipMarker(String text) {

    static OwnershipMarker of(SortedMap<String, String> ownershipTags) {
        return new OwnershipMarker(ownershipTags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(", ", "[", "]")));
    }

    /** A description with the mark at its end, cut where IAM would not take so much. */
    String addedTo(String description) {
        int room = RoleDescription.MAX_LENGTH - text.length() - 1;
        return (description.substring(0, Math.clamp(room, 0, description.length())) + " " + text).strip();
    }

    boolean isOn(String description) {
        return description.endsWith(text);
    }
}
