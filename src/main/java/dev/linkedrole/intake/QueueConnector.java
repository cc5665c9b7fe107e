package dev.linkedrole.intake;

import io.smallrye.reactive.messaging.connector.InboundConnector;
import jakarta.inject.Singleton;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/**
 * Connector that passes the receivers' batches into Reactive Messaging's channels. A channel has no setting but its
 * name: the rest is the service's own configuration.
 */
@Singleton
@Connector(QueueConnector.NAME)
public class QueueConnector implements InboundConnector {

    static final String NAME = "linked-role-sqs";

    private final Receivers receivers;

    QueueConnector(Receivers receivers) {
        this.receivers = receivers;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        return receivers.batches(Channel.named(config.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class)));
    }
}
