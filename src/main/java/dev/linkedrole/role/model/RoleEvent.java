package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to an instance, or that an operator has said of its role. Events change what is <em>desired</em> of its role, never the role itself.
 *
 * <p>Each carries the time at which it happened at its producer, which is what orders events among each other; the time
 * of arrival means nothing.
 */
public sealed interface RoleEvent {

    EventId eventId();

    InstanceArn instance();

    Instant time();

    /** The name for this kind of event, which producers use where it is theirs. */
    String type();

    /**
     * The instance exists now.
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
     * @param resources resources to revoke; none means the whole feature with everything it ever had
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
     * An operator has said that the role which has the name of this instance's role, and which is not ours, is to be taken
     * over. It holds for whichever role had the name at that time, and for none that is made later.
     *
     * @param replaced policies and trust policy that the role had then, by their names
     */
    record RoleAdopted(EventId eventId, InstanceArn instance, Instant time, SortedMap<String, String> replaced)
            implements RoleEvent {
        public RoleAdopted {
            replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
        }

        /** An adoption without a record of the role's former policies. */
        public RoleAdopted(EventId eventId, InstanceArn instance, Instant time) {
            this(eventId, instance, time, new TreeMap<>());
        }

        @Override
        public String type() {
            return "role-adopted";
        }
    }

    /** The instance is gone, for ever. */
    record InstanceDeleted(EventId eventId, InstanceArn instance, Instant time) implements RoleEvent {
        @Override
        public String type() {
            return "instance-deleted";
        }
    }
}
