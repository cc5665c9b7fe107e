package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/** A message in flight with the span that continues its sender's trace. */
final class TracedDelivery {

    private final Delivery delivery;
    private final Span span;

    TracedDelivery(Delivery delivery, Span span) {
        this.delivery = delivery;
        this.span = span;
    }

    ReceivedMessage message() {
        return delivery.message();
    }

    /** Id of its trace, whether or not the span is sampled; empty if there is none. */
    Optional<String> traceId() {
        return Optional.of(span.getSpanContext())
                .filter(context -> context.isValid())
                .map(context -> context.getTraceId());
    }

    /** Acknowledges a message of which nothing comes. */
    void ack() {
        span.setAttribute("linked_role.outcome", "dropped");
        span.end();
        delivery.ack();
    }

    void ack(RoleEvent event, HandlingResult handled) {
        span.setAttribute("linked_role.instance", event.instance().id().value());
        span.setAttribute("linked_role.event.type", event.type());
        span.setAttribute("linked_role.duplicate", handled.duplicate());
        switch (handled.reconciliation()) {
            case Reconciliation.InForce inForce -> span.setAttribute("linked_role.outcome", "in-force");
            case Reconciliation.Blocked blocked -> {
                span.setAttribute("linked_role.outcome", "blocked");
                span.setStatus(StatusCode.ERROR, blocked.condition().type().toString());
            }
        }
        span.end();
        delivery.ack();
    }

    void reject(Rejection rejection) {
        span.setAttribute("linked_role.outcome", "refused");
        span.setStatus(StatusCode.ERROR, rejection.reason().code());
        span.end();
        delivery.reject(new RejectReason(rejection.reason().code(), rejection.detail()));
    }

    void nack(Throwable failure) {
        span.setAttribute("linked_role.outcome", "returned");
        span.recordException(failure);
        span.setStatus(StatusCode.ERROR);
        span.end();
        delivery.nack();
    }
}
