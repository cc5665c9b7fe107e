package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops receiving when the service is told to stop, and lets what is in hand be finished. */
@Singleton
public class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final ChannelSqsClient sqs;
    private final InFlight inFlight;
    private final ControllerConfig.Intake config;

    Lifecycle(ChannelSqsClient sqs, InFlight inFlight, ControllerConfig config) {
        this.sqs = sqs;
        this.inFlight = inFlight;
        this.config = config.intake();
    }

    /** First of all observers: the connector and the clients close in later ones. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        LOG.info("Stopping: nothing more is received, and what is in hand is finished");
        inFlight.stop();
        sqs.stopReceiving();
        if (!inFlight.drain(config.drain())) {
            LOG.atWarn()
                    .addKeyValue("inFlight", inFlight.count())
                    .log("Messages are still in hand; they will come again");
        }
    }
}
