package dev.linkedrole.testing;

import dev.linkedrole.role.RoleEvent;

/** The three queues of a deployment, by what they are meant for. */
public enum Inbox {
    INSTANCE_CREATED,
    FEATURE_ENABLED,
    INSTANCE_DELETED;

    /** The queue that the contract gives to events of this type. */
    public static Inbox of(RoleEvent event) {
        return switch (event) {
            case RoleEvent.InstanceCreated created -> INSTANCE_CREATED;
            case RoleEvent.FeatureEnabled enabled -> FEATURE_ENABLED;
            case RoleEvent.FeatureDisabled disabled -> FEATURE_ENABLED;
            case RoleEvent.InstanceDeleted deleted -> INSTANCE_DELETED;
        };
    }
}
