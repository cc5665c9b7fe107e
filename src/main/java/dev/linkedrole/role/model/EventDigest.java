package dev.linkedrole.role.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Digest of all that an event says but its id. The same event has the same digest whatever envelope it came in, since it is taken of the event
 * as it was read and not of the message.
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
        }
        return VERSION + Digest.of(unambiguous(parts));
    }

    /** True if a digest is of the present format, so that it can be compared. */
    public static boolean isComparable(String digest) {
        return digest.startsWith(VERSION);
    }

    /** Each part after its length, so that no two lists of parts are the same text. */
    private static String unambiguous(List<String> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        return text.toString();
    }
}
