package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import java.util.Arrays;

/** Messaging channels, one for each queue. Each accepts events of every type. */
enum Channel {
    INSTANCE_CREATED(Channel.CREATED) {
        @Override
        String queueName(ControllerConfig.Queues names) {
            return names.instanceCreated();
        }
    },
    FEATURE_ENABLED(Channel.ENABLED) {
        @Override
        String queueName(ControllerConfig.Queues names) {
            return names.featureEnabled();
        }
    },
    INSTANCE_DELETED(Channel.DELETED) {
        @Override
        String queueName(ControllerConfig.Queues names) {
            return names.instanceDeleted();
        }
    };

    static final String CREATED = "instance-created";
    static final String ENABLED = "feature-enabled";
    static final String DELETED = "instance-deleted";

    private final String channel;

    Channel(String channel) {
        this.channel = channel;
    }

    /** @throws IllegalArgumentException if no channel has that name */
    static Channel named(String name) {
        return Arrays.stream(values())
                .filter(channel -> channel.channel.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no queue for a channel " + name));
    }

    /** Name of the channel in the messaging configuration. */
    String channel() {
        return channel;
    }

    abstract String queueName(ControllerConfig.Queues names);
}
