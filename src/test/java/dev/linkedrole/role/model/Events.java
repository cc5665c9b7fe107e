package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Set;

/** An instance and its events, which differ by little more than their seconds. */
public final class Events {

    public static final InstanceArn INSTANCE =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");

    private Events() {}

    public static Instant at(int second) {
        return Instant.parse("2026-11-23T09:00:00Z").plusSeconds(second);
    }

    public static RoleEvent created(int second) {
        return created(second, "acme-support");
    }

    public static RoleEvent created(int second, String alias) {
        return new RoleEvent.InstanceCreated(id("created", second), INSTANCE, at(second), alias);
    }

    static RoleEvent deleted(int second) {
        return new RoleEvent.InstanceDeleted(id("deleted", second), INSTANCE, at(second));
    }

    public static RoleEvent enabled(int second, String feature, String... resources) {
        return enabled(second, feature, Set.of(resources));
    }

    public static RoleEvent enabled(int second, String feature, Set<String> resources) {
        return new RoleEvent.FeatureEnabled(id("enabled", second), INSTANCE, at(second), feature, resources);
    }

    public static RoleEvent disabled(int second, String feature, String... resources) {
        return disabled(second, feature, Set.of(resources));
    }

    public static RoleEvent disabled(int second, String feature, Set<String> resources) {
        return new RoleEvent.FeatureDisabled(id("disabled", second), INSTANCE, at(second), feature, resources);
    }

    public static RoleEvent described(int second, String description) {
        return new RoleEvent.DescriptionEdited(
                id("described", second), INSTANCE, at(second), new RoleDescription(description));
    }

    static RoleEvent adopted(int second) {
        return new RoleEvent.RoleAdopted(id("adopted", second), INSTANCE, at(second));
    }

    static RoleEvent released(int second) {
        return new RoleEvent.RoleReleased(id("released", second), INSTANCE, at(second));
    }

    /** Returns the state after these events in this order. */
    public static LinkedRole after(Iterable<RoleEvent> events) {
        LinkedRole role = LinkedRole.unknown(INSTANCE);
        for (RoleEvent event : events) {
            role = role.apply(event);
        }
        return role;
    }

    private static EventId id(String what, int second) {
        return new EventId(what + "-" + second, "tests");
    }
}
