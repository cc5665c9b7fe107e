package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event of an instance, or an operator's statement about its role. Events change the <em>desired</em> role, never
 * the role itself.
 *
 * <p>Each event has the time at which it happened at its producer, which orders events; the time of arrival means
 * nothing.
 */
public sealed interface RoleEvent {

    EventId eventId();

    InstanceArn instance();

    Instant time();

    /** Returns the name of the event's type. */
    String type();

    /**
     * The instance exists.
     *
     * @param alias the instance's human name; empty if it has none
     */
    record InstanceCreated(EventId eventId, InstanceArn instance, Instant time, String alias) implements RoleEvent {
        @Override
        public String type() {
            return "instance-created";
        }
    }

    /**
     * A feature may now use these resources.
     *
     * @param resources ARNs of kinds that the feature takes; none where the feature needs none
     */
    record FeatureEnabled(EventId eventId, InstanceArn instance, Instant time, String feature, Set<String> resources)
            implements RoleEvent {
        public FeatureEnabled {
            resources = Set.copyOf(resources);
        }

        @Override
        public String type() {
            return "feature-enabled";
        }
    }

    /**
     * A feature may no longer use these resources.
     *
     * @param resources resources to revoke; none means the whole feature with all its resources
     */
    record FeatureDisabled(EventId eventId, InstanceArn instance, Instant time, String feature, Set<String> resources)
            implements RoleEvent {
        public FeatureDisabled {
            resources = Set.copyOf(resources);
        }

        @Override
        public String type() {
            return "feature-disabled";
        }
    }

    /** An operator has edited the description of the instance's role. */
    record DescriptionEdited(EventId eventId, InstanceArn instance, Instant time, RoleDescription description)
            implements RoleEvent {
        @Override
        public String type() {
            return "description-edited";
        }
    }

    /**
     * An operator has adopted the role that has the name of this instance's role and is not ours. The adoption is valid
     * for the role that had the name at that time, and not for one created later.
     *
     * @param replaced policies and trust policy that the role had then, by their names
     */
    record RoleAdopted(EventId eventId, InstanceArn instance, Instant time, SortedMap<String, String> replaced)
            implements RoleEvent {
        public RoleAdopted {
            replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
        }

        /** Creates an adoption without a record of the role's former policies. */
        public RoleAdopted(EventId eventId, InstanceArn instance, Instant time) {
            this(eventId, instance, time, new TreeMap<>());
        }

        @Override
        public String type() {
            return "role-adopted";
        }
    }

    /** An operator has let go of the role: it stays in IAM as it is, until an operator adopts it. */
    record RoleReleased(EventId eventId, InstanceArn instance, Instant time) implements RoleEvent {
        @Override
        public String type() {
            return "role-released";
        }
    }

    /** The instance is deleted for ever. */
    record InstanceDeleted(EventId eventId, InstanceArn instance, Instant time) implements RoleEvent {
        @Override
        public String type() {
            return "instance-deleted";
        }
    }
}
