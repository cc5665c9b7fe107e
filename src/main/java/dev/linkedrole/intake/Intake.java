package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.ReceivedEvent;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Handles the messages of a queue and settles each: deleted, rejected, or returned to the queue. */
final class Intake implements BatchHandler {

    private final EventDecoder decoder;
    private final EventHandler handler;
    private final RejectionRecorder notice;
    private final ChannelMetrics metrics;
    private final MessageTraces traces;
    private final IntakeLog log;

    Intake(
            EventDecoder decoder,
            EventHandler handler,
            RejectionRecorder notice,
            ChannelMetrics metrics,
            MessageTraces traces,
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
        List<ReceivedEvent> arrivals = new ArrayList<>(batch.size());
        for (Delivery received : batch) {
            TracedDelivery delivery = traces.begin(received);
            ReceivedMessage message = delivery.message();
            try {
                arrivals.add(new ReceivedEvent(decoder.decode(message.body()), message.redelivered()));
                readable.add(delivery);
            } catch (RejectedException rejected) {
                reject(delivery, Optional.empty(), rejected.rejection());
            }
        }
        List<Uni<HandlingResult>> ends = handler.handle(arrivals);
        for (int i = 0; i < ends.size(); i++) {
            TracedDelivery delivery = readable.get(i);
            RoleEvent event = arrivals.get(i).event();
            ends.get(i)
                    .subscribe()
                    .with(handled -> ack(delivery, event, handled), failure -> failed(delivery, event, failure));
        }
    }

    private void ack(TracedDelivery delivery, RoleEvent event, HandlingResult handled) {
        metrics.handled(handled);
        log.handled(delivery, event, handled);
        delivery.ack(event, handled);
    }

    private void failed(TracedDelivery delivery, RoleEvent event, Throwable failure) {
        if (failure instanceof RejectedException rejected) {
            reject(delivery, Optional.of(event), rejected.rejection());
        } else {
            nack(delivery, Optional.of(event), failure);
        }
    }

    private void reject(TracedDelivery delivery, Optional<RoleEvent> event, Rejection rejection) {
        notice.give(delivery.message(), rejection)
                .subscribe()
                .with(
                        given -> {
                            metrics.rejected(rejection);
                            log.rejected(delivery, event, rejection);
                            delivery.reject(rejection);
                        },
                        failure -> nack(delivery, event, failure));
    }

    private void nack(TracedDelivery delivery, Optional<RoleEvent> event, Throwable failure) {
        log.returned(delivery, event, failure);
        delivery.nack(failure);
    }
}
