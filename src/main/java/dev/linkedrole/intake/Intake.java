package dev.linkedrole.intake;

import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Handled;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.aws.sqs.SqsIncomingMetadata;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Takes a message all the way: handled and deleted, refused and deleted, or put back to come again. Never fails, since
 * that would end the channel.
 */
@Singleton
public class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Queues queues;
    private final EventDecoder decoder;
    private final EventHandler handler;
    private final DeadLetters deadLetters;
    private final InFlight inFlight;
    private final IntakeMetrics metrics;

    Intake(
            Queues queues,
            EventDecoder decoder,
            EventHandler handler,
            DeadLetters deadLetters,
            InFlight inFlight,
            IntakeMetrics metrics) {
        this.queues = queues;
        this.decoder = decoder;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    Uni<Void> take(Channel channel, Message<String> message) {
        inFlight.begin();
        ReceivedMessage received = ReceivedMessage.of(message.getMetadata(SqsIncomingMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a message came without its SQS metadata"))
                .getMessage());
        return process(channel, received)
                .chain(() -> Uni.createFrom().completionStage(message.ack()))
                .onFailure()
                .recoverWithUni(failure -> putBack(channel, message, received, failure))
                .onTermination()
                .invoke(inFlight::end);
    }

    private Uni<Void> process(Channel channel, ReceivedMessage received) {
        if (inFlight.stopping()) {
            return Uni.createFrom().failure(new StoppingException());
        }
        return Uni.createFrom()
                .item(() -> decoder.decode(received.body()))
                .flatMap(event -> handle(channel, event, received))
                .onFailure(RefusedException.class)
                .recoverWithUni(failure -> refuse(channel, received, failure.refusal()));
    }

    private Uni<Void> handle(Channel channel, RoleEvent event, ReceivedMessage received) {
        return handler.handle(event, received.redelivered())
                .invoke(handled -> {
                    metrics.handled(channel, handled);
                    tell(event, handled);
                })
                .replaceWithVoid();
    }

    private Uni<Void> refuse(Channel channel, ReceivedMessage received, Refusal refusal) {
        return queues.of(channel)
                .flatMap(queue -> deadLetters.put(queue, received, refusal))
                .invoke(() -> {
                    metrics.refused(channel, refusal);
                    LOG.atInfo()
                            .addKeyValue("message", received.id())
                            .addKeyValue("reason", refusal.reason().code())
                            .log("Refused: {}", refusal.detail());
                });
    }

    private Uni<Void> putBack(Channel channel, Message<String> message, ReceivedMessage received, Throwable failure) {
        metrics.putBack(channel);
        if (!(failure instanceof StoppingException)) {
            LOG.atWarn()
                    .addKeyValue("message", received.id())
                    .addKeyValue("received", received.receiveCount())
                    .setCause(failure)
                    .log("A message could not be finished and is put back to come again");
        }
        return Uni.createFrom().completionStage(message.nack(failure));
    }

    private static void tell(RoleEvent event, Handled handled) {
        Reconciliation reconciliation = handled.reconciliation();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("instance", event.instance().id())
                .addKeyValue("event", event.eventId())
                .addKeyValue("type", event.type())
                .addKeyValue("duplicate", handled.duplicate());
        switch (reconciliation) {
            case Reconciliation.InForce inForce ->
                line.addKeyValue("role", inForce.role())
                        .addKeyValue("revision", inForce.revision())
                        .log("In force: {}", inForce.steps().isEmpty() ? "nothing had to be done" : inForce.steps());
            case Reconciliation.Held held ->
                line.addKeyValue("role", held.role())
                        .addKeyValue("revision", held.revision())
                        .addKeyValue("condition", held.condition().type())
                        .log("Recorded, and held: {}", held.condition().detail());
        }
    }

    /** A message that was received when the service had been told to stop. */
    private static final class StoppingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoppingException() {
            super("the service is stopping", null, false, false);
        }
    }
}
