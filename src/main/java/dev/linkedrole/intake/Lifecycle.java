package dev.linkedrole.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to receive once all is there; stops when the service is told to stop, and lets what is in hand be finished. */
@Singleton
public class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Receivers receivers;

    Lifecycle(Receivers receivers) {
        this.receivers = receivers;
    }

    /** Last of all observers: what is configured wrongly is found before the first message. */
    void start(@Observes @Priority(10_000) StartupEvent event) {
        receivers.start();
    }

    /** First of all observers: the clients close in later ones. It is for this thread to wait until all is done. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException, ExecutionException {
        LOG.info("Stopping: nothing more is received, and what is in hand is finished");
        receivers.stop().subscribeAsCompletionStage().get();
        if (receivers.inHand() > 0) {
            LOG.atWarn()
                    .addKeyValue("inFlight", receivers.inHand())
                    .log("Messages are still in hand; they will come again");
        }
    }
}
