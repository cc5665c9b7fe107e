package dev.linkedrole.role.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Digest of an event's content without its id. It is computed from the decoded event and not from the message, so it
 * does not depend on the envelope.
 */
public final class EventDigest {

    /** Prefix of each digest. A change of the digest's input has to change it. */
    private static final String VERSION = "1:";

    private EventDigest() {}

    public static String of(RoleEvent event) {
        List<String> parts = new ArrayList<>(
                List.of(event.type(), event.time().toString(), event.instance().toString()));
        switch (event) {
            case RoleEvent.InstanceCreated created -> parts.add(created.alias());
            case RoleEvent.FeatureEnabled enabled -> {
                parts.add(enabled.feature());
                parts.addAll(new TreeSet<>(enabled.resources()));
            }
            case RoleEvent.FeatureDisabled disabled -> {
                parts.add(disabled.feature());
                parts.addAll(new TreeSet<>(disabled.resources()));
            }
            case RoleEvent.DescriptionEdited edited ->
                parts.add(edited.description().text());
            case RoleEvent.InstanceDeleted deleted -> {}
            case RoleEvent.RoleAdopted adopted -> {}
            case RoleEvent.RoleReleased released -> {}
        }
        return VERSION + Digest.of(unambiguous(parts));
    }

    /** True if a digest has the present format, so that it can be compared. */
    public static boolean isComparable(String digest) {
        return digest.startsWith(VERSION);
    }

    /** Joins parts, each with its length, so that no two lists of parts give the same text. */
    private static String unambiguous(List<String> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        return text.toString();
    }
}
