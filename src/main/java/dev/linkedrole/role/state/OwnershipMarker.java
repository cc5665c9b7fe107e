package dev.linkedrole.role.state;

import dev.linkedrole.role.model.RoleDescription;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Marker in the description that shows the owner of a service-linked role until the role has its tags. {@code
 * CreateServiceLinkedRole} takes no tags but a description, so the owner of a role whose maker died before tagging it
 * is known by the marker.
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

    /** Returns a description with the marker at its end, cut to IAM's limit. */
    String addedTo(String description) {
        int room = RoleDescription.MAX_LENGTH - text.length() - 1;
        return (description.substring(0, Math.clamp(room, 0, description.length())) + " " + text).strip();
    }

    boolean isOn(String description) {
        return description.endsWith(text);
    }
}
