package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.ReceivedEvent;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.reconcile.guard.SettingsNotReadException;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Handles the messages of a queue and settles each: deleted, rejected, or returned to the queue. */
final class Intake implements BatchHandler {

    private final Supplier<MessageDecoder> decoders;
    private final EventHandler handler;
    private final RecordedFacts facts;
    private final RejectionRecorder notice;
    private final ChannelMetrics metrics;
    private final MessageTraces traces;
    private final IntakeLog log;

    Intake(
            Supplier<MessageDecoder> decoders,
            EventHandler handler,
            RecordedFacts facts,
            RejectionRecorder notice,
            ChannelMetrics metrics,
            MessageTraces traces,
            IntakeLog log) {
        this.decoders = decoders;
        this.handler = handler;
        this.facts = facts;
        this.notice = notice;
        this.metrics = metrics;
        this.traces = traces;
        this.log = log;
    }

    @Override
    public void handle(List<Delivery> batch) {
        Arrivals arrivals = new Arrivals();
        for (Delivery received : batch) {
            TracedDelivery delivery = traces.begin(received);
            try {
                decoded(delivery, decoders.get().decode(delivery.message().body()), arrivals);
            } catch (RejectedException rejected) {
                reject(delivery, Optional.empty(), rejected.rejection());
            } catch (SettingsNotReadException notYet) {
                nack(delivery, Optional.empty(), notYet);
            }
        }
        handle(arrivals);
    }

    /** Messages with their events, which are handled together. */
    private static final class Arrivals {

        private final List<ReceivedEvent> events = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();

        void add(TracedDelivery delivery, List<RoleEvent> all) {
            messages.add(new Message(delivery, all));
            all.forEach(event ->
                    events.add(new ReceivedEvent(event, delivery.message().redelivered())));
        }
    }

    /** @param events at least one */
    private record Message(TracedDelivery delivery, List<RoleEvent> events) {}

    private void decoded(TracedDelivery delivery, Decoded decoded, Arrivals arrivals) {
        switch (decoded) {
            case Decoded.Event(RoleEvent event) -> arrivals.add(delivery, List.of(event));
            case Decoded.Mapped(List<RoleEvent> events) -> {
                metrics.mapped();
                arrivals.add(delivery, events);
            }
            case Decoded.Dropped dropped -> {
                metrics.dropped(dropped.why());
                log.dropped(delivery, dropped);
                delivery.ack();
            }
            case Decoded.NeedsAlias needs ->
                complete(delivery, facts.alias(needs.instance()).map(needs.then()));
            case Decoded.NeedsAssociation needs ->
                complete(
                        delivery,
                        facts.join(needs.instance(), needs.id(), needs.known()).map(needs.then()));
        }
    }

    /** Handles a message by itself, once what it lacks is read. */
    private void complete(TracedDelivery delivery, Uni<Decoded> completed) {
        completed
                .subscribe()
                .with(
                        decoded -> {
                            Arrivals arrivals = new Arrivals();
                            decoded(delivery, decoded, arrivals);
                            handle(arrivals);
                        },
                        failure -> failed(delivery, Optional.empty(), failure));
    }

    private void handle(Arrivals arrivals) {
        List<Uni<HandlingResult>> ends = handler.handle(arrivals.events);
        int first = 0;
        for (Message message : arrivals.messages) {
            int next = first + message.events().size();
            settle(message, ends.subList(first, next));
            first = next;
        }
    }

    private void settle(Message message, List<Uni<HandlingResult>> ends) {
        TracedDelivery delivery = message.delivery();
        if (ends.size() > 1) {
            settleAll(message, ends);
            return;
        }
        RoleEvent event = message.events().getFirst();
        ends.getFirst()
                .subscribe()
                .with(
                        handled -> {
                            handled(delivery, event, handled);
                            delivery.ack(event, handled);
                        },
                        failure -> failed(delivery, Optional.of(event), failure));
    }

    /** Settles a message when all of its events have ended: it is deleted only if every one of them is recorded. */
    private void settleAll(Message message, List<Uni<HandlingResult>> ends) {
        TracedDelivery delivery = message.delivery();
        List<Uni<Ended>> all = new ArrayList<>(ends.size());
        for (int i = 0; i < ends.size(); i++) {
            RoleEvent event = message.events().get(i);
            all.add(ends.get(i)
                    .map(handled -> new Ended(event, Optional.of(handled), Optional.empty()))
                    .onFailure()
                    .recoverWithItem(failure -> new Ended(event, Optional.empty(), Optional.of(failure))));
        }
        Uni.join().all(all).andFailFast().subscribe().with(ended -> {
            ended.forEach(one -> one.handled().ifPresent(handled -> handled(delivery, one.event(), handled)));
            // A failure that may pass comes first: the rest of the message is not lost to one rejected event.
            ended.stream()
                    .filter(one -> one.failure().isPresent())
                    .min(Comparator.comparing(one -> one.failure().get() instanceof RejectedException))
                    .ifPresentOrElse(
                            worst -> failed(
                                    delivery,
                                    Optional.of(worst.event()),
                                    worst.failure().get()),
                            () -> delivery.ack(
                                    ended.getFirst().event(),
                                    ended.getFirst().handled().get()));
        });
    }

    /** The end of one event's handling: the result, or the failure. */
    private record Ended(RoleEvent event, Optional<HandlingResult> handled, Optional<Throwable> failure) {}

    private void handled(TracedDelivery delivery, RoleEvent event, HandlingResult handled) {
        metrics.handled(event, handled);
        log.handled(delivery, event, handled);
    }

    private void failed(TracedDelivery delivery, Optional<RoleEvent> event, Throwable failure) {
        if (failure instanceof RejectedException rejected) {
            reject(delivery, event, rejected.rejection());
        } else {
            nack(delivery, event, failure);
        }
    }

    private void reject(TracedDelivery delivery, Optional<RoleEvent> event, Rejection rejection) {
        notice.give(delivery.message(), event, rejection)
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
