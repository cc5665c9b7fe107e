package dev.linkedrole.testing.aws;

import dev.linkedrole.role.model.RoleEvent;
import java.util.List;
import java.util.Random;

/** The three queues of a deployment, by purpose. */
public enum Inbox {
    INSTANCE_CREATED,
    FEATURE_ENABLED,
    INSTANCE_DELETED;

    private static final List<Inbox> ALL = List.of(values());

    public static Inbox any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** The queue that the contract gives to events of this type. */
    public static Inbox of(RoleEvent event) {
        return switch (event) {
            case RoleEvent.InstanceCreated created -> INSTANCE_CREATED;
            case RoleEvent.FeatureEnabled enabled -> FEATURE_ENABLED;
            case RoleEvent.FeatureDisabled disabled -> FEATURE_ENABLED;
            case RoleEvent.InstanceDeleted deleted -> INSTANCE_DELETED;
            case RoleEvent.DescriptionEdited edited -> throw ofOperators(edited);
            case RoleEvent.RoleAdopted adopted -> throw ofOperators(adopted);
            case RoleEvent.RoleReleased released -> throw ofOperators(released);
        };
    }

    private static IllegalArgumentException ofOperators(RoleEvent event) {
        return new IllegalArgumentException("no producer sends " + event);
    }
}
