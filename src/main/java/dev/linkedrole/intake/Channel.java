package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;

/** The channels, one for each queue. Any of them takes events of any type. */
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

    /** The channel's name in the messaging configuration. */
    String channel() {
        return channel;
    }

    abstract String queueName(ControllerConfig.Queues names);
}
