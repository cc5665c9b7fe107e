package dev.linkedrole.intake;

import dev.linkedrole.intake.queue.BatchHandler;
import dev.linkedrole.intake.queue.Delivery;
import dev.linkedrole.intake.queue.ReceivedMessage;
import dev.linkedrole.reconcile.Arrival;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Handled;
import dev.linkedrole.reconcile.NotBegunException;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Takes the messages of a queue all the way: handled and deleted, refused, or put back to come again. */
final class Intake implements BatchHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final EventDecoder decoder;
    private final EventHandler handler;
    private final RefusalNotice notice;
    private final ChannelMetrics metrics;
    private final Traces traces;

    Intake(EventDecoder decoder, EventHandler handler, RefusalNotice notice, ChannelMetrics metrics, Traces traces) {
        this.decoder = decoder;
        this.handler = handler;
        this.notice = notice;
        this.metrics = metrics;
        this.traces = traces;
    }

    @Override
    public void handle(List<Delivery> batch) {
        List<TracedDelivery> readable = new ArrayList<>(batch.size());
        List<Arrival> arrivals = new ArrayList<>(batch.size());
        for (Delivery received : batch) {
            TracedDelivery delivery = traces.begin(received);
            ReceivedMessage message = delivery.message();
            try {
                arrivals.add(new Arrival(decoder.decode(message.body()), message.redelivered()));
                readable.add(delivery);
            } catch (RefusedException refused) {
                refuse(delivery, refused.refusal());
            }
        }
        List<Uni<Handled>> ends = handler.handle(arrivals);
        for (int i = 0; i < ends.size(); i++) {
            TracedDelivery delivery = readable.get(i);
            RoleEvent event = arrivals.get(i).event();
            ends.get(i)
                    .subscribe()
                    .with(handled -> done(delivery, event, handled), failure -> failed(delivery, failure));
        }
    }

    private void done(TracedDelivery delivery, RoleEvent event, Handled handled) {
        metrics.handled(handled);
        tell(delivery, event, handled);
        delivery.done(event, handled);
    }

    private void failed(TracedDelivery delivery, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            refuse(delivery, refused.refusal());
        } else {
            putBack(delivery, failure);
        }
    }

    private void refuse(TracedDelivery delivery, Refusal refusal) {
        notice.give(delivery.message(), refusal)
                .subscribe()
                .with(
                        given -> {
                            metrics.refused(refusal);
                            line(Level.INFO, delivery)
                                    .addKeyValue("message", delivery.message().id())
                                    .addKeyValue("reason", refusal.reason().code())
                                    .log("Refused: {}", refusal.detail());
                            delivery.refuse(refusal);
                        },
                        failure -> putBack(delivery, failure));
    }

    private static void putBack(TracedDelivery delivery, Throwable failure) {
        line(failure instanceof NotBegunException ? Level.DEBUG : Level.WARN, delivery)
                .addKeyValue("message", delivery.message().id())
                .addKeyValue("received", delivery.message().receiveCount())
                .setCause(failure)
                .log("A message could not be finished and is put back to come again");
        delivery.putBack(failure);
    }

    private static void tell(TracedDelivery delivery, RoleEvent event, Handled handled) {
        Reconciliation reconciliation = handled.reconciliation();
        LoggingEventBuilder line = line(Level.INFO, delivery)
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

    private static LoggingEventBuilder line(Level level, TracedDelivery delivery) {
        LoggingEventBuilder line = LOG.atLevel(level);
        return delivery.traceId()
                .map(trace -> line.addKeyValue("traceId", trace))
                .orElse(line);
    }
}
