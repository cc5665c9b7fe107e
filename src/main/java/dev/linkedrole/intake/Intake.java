package dev.linkedrole.intake;

import dev.linkedrole.intake.queue.BatchHandler;
import dev.linkedrole.intake.queue.Delivery;
import dev.linkedrole.intake.queue.ReceivedMessage;
import dev.linkedrole.reconcile.Arrival;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Handled;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the messages of a queue all the way: handled and deleted, refused, or put back to come again. */
final class Intake implements BatchHandler {

    private final EventDecoder decoder;
    private final EventHandler handler;
    private final RefusalNotice notice;
    private final ChannelMetrics metrics;
    private final Traces traces;
    private final IntakeLog log;

    Intake(
            EventDecoder decoder,
            EventHandler handler,
            RefusalNotice notice,
            ChannelMetrics metrics,
            Traces traces,
            IntakeLog log) {
        this.decoder = decoder;
        this.handler = handler;
        this.notice = notice;
        this.metrics = metrics;
        this.traces = traces;
        this.log = log;
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
                refuse(delivery, Optional.empty(), refused.refusal());
            }
        }
        List<Uni<Handled>> ends = handler.handle(arrivals);
        for (int i = 0; i < ends.size(); i++) {
            TracedDelivery delivery = readable.get(i);
            RoleEvent event = arrivals.get(i).event();
            ends.get(i)
                    .subscribe()
                    .with(handled -> done(delivery, event, handled), failure -> failed(delivery, event, failure));
        }
    }

    private void done(TracedDelivery delivery, RoleEvent event, Handled handled) {
        metrics.handled(handled);
        log.handled(delivery, event, handled);
        delivery.done(event, handled);
    }

    private void failed(TracedDelivery delivery, RoleEvent event, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            refuse(delivery, Optional.of(event), refused.refusal());
        } else {
            putBack(delivery, Optional.of(event), failure);
        }
    }

    private void refuse(TracedDelivery delivery, Optional<RoleEvent> event, Refusal refusal) {
        notice.give(delivery.message(), refusal)
                .subscribe()
                .with(
                        given -> {
                            metrics.refused(refusal);
                            log.refused(delivery, event, refusal);
                            delivery.refuse(refusal);
                        },
                        failure -> putBack(delivery, event, failure));
    }

    private void putBack(TracedDelivery delivery, Optional<RoleEvent> event, Throwable failure) {
        log.putBack(delivery, event, failure);
        delivery.putBack(failure);
    }
}
