package dev.linkedrole.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The three ways in. They differ in nothing but the queue: an event is handled by its type. */
@ApplicationScoped
public class Consumers {

    private final Intake intake;

    Consumers(Intake intake) {
        this.intake = intake;
    }

    @Incoming(Channel.CREATED)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> instanceCreated(Message<String> message) {
        return intake.take(Channel.INSTANCE_CREATED, message);
    }

    @Incoming(Channel.ENABLED)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> featureEnabled(Message<String> message) {
        return intake.take(Channel.FEATURE_ENABLED, message);
    }

    @Incoming(Channel.DELETED)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> instanceDeleted(Message<String> message) {
        return intake.take(Channel.INSTANCE_DELETED, message);
    }
}
