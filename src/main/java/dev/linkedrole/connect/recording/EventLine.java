package dev.linkedrole.connect.recording;

import dev.linkedrole.role.model.RoleEvent;
import java.util.Set;
import java.util.TreeSet;

/** Short line that tells of an event: its type, and what it is about. */
public final class EventLine {

    private EventLine() {}

    public static String of(RoleEvent event) {
        return switch (event) {
            case RoleEvent.InstanceCreated created ->
                created.alias().isEmpty() ? created.type() : created.type() + " " + created.alias();
            case RoleEvent.FeatureEnabled enabled -> line(enabled.type(), enabled.feature(), enabled.resources());
            case RoleEvent.FeatureDisabled disabled -> line(disabled.type(), disabled.feature(), disabled.resources());
            case RoleEvent.InstanceDeleted deleted -> deleted.type();
            case RoleEvent.DescriptionEdited edited -> edited.type();
            case RoleEvent.RoleAdopted adopted -> adopted.type();
            case RoleEvent.RoleReleased released -> released.type();
        };
    }

    private static String line(String type, String feature, Set<String> resources) {
        String about = type + " " + feature;
        return resources.isEmpty() ? about : about + " " + String.join(", ", new TreeSet<>(resources));
    }
}
