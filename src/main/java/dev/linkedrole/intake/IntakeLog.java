package dev.linkedrole.intake;

import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.RejectedEventId;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.concurrency.NotBegunException;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Log of the results of one queue's messages: a line for each, with the keys {@code queue}, {@code message}, {@code
 * instance}, {@code event} and {@code type} as far as the message has them. A line that an operator may have to act on
 * is a warning.
 */
final class IntakeLog {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeLog.class);

    private final String queue;

    /** @param queue the queue's name */
    IntakeLog(String queue) {
        this.queue = queue;
    }

    /** Logs that an event is recorded, and that its role is in force or blocked, or that it is remembered. */
    void handled(TracedDelivery delivery, RoleEvent event, HandlingResult handled) {
        switch (handled.reconciliation()) {
            case Reconciliation.InForce inForce ->
                line(Level.INFO, delivery, Optional.of(event))
                        .addKeyValue("duplicate", handled.duplicate())
                        .addKeyValue("role", inForce.role())
                        .addKeyValue("revision", inForce.revision())
                        .log(said(inForce));
            case Reconciliation.Blocked blocked -> {
                Condition condition = blocked.condition();
                Level level = condition.type() == Condition.Type.Paused ? Level.INFO : Level.WARN;
                line(level, delivery, Optional.of(event))
                        .addKeyValue("duplicate", handled.duplicate())
                        .addKeyValue("role", blocked.role())
                        .addKeyValue("revision", blocked.revision())
                        .addKeyValue("condition", condition.type())
                        .log("Recorded, and blocked: {}", condition.detail());
            }
        }
    }

    private static String said(Reconciliation.InForce inForce) {
        if (!inForce.announced()) {
            return "Remembered until announced, or adopted if the role is released: there is no role of ours before that";
        }
        return "In force: " + (inForce.steps().isEmpty() ? "nothing had to be done" : inForce.steps());
    }

    /**
     * Logs that an API call becomes nothing. Most calls mean nothing for a role, and are debugging's; one that means
     * something and cannot be used is a warning.
     */
    void dropped(TracedDelivery delivery, Decoded.Dropped dropped) {
        Level level = dropped.why().losesChange() ? Level.WARN : Level.DEBUG;
        if (LOG.isEnabledForLevel(level)) {
            line(level, delivery, Optional.empty())
                    .addKeyValue("reason", dropped.why().code())
                    .log("Dropped: {}", dropped.detail());
        }
    }

    /** Logs that a message goes to the dead-letter queue. */
    void rejected(TracedDelivery delivery, Optional<RoleEvent> event, Rejection rejection) {
        line(Level.WARN, delivery, event)
                .addKeyValue("reason", rejection.reason().code())
                .log("Rejected: {}", rejection.detail());
    }

    /** Logs that a message is returned to the queue. A message whose handling has not begun is no warning. */
    void returned(TracedDelivery delivery, Optional<RoleEvent> event, Throwable failure) {
        LoggingEventBuilder line =
                line(failure instanceof NotBegunException ? Level.DEBUG : Level.WARN, delivery, event);
        FailureText.on(line, failure)
                .addKeyValue("received", delivery.message().receiveCount())
                .log("Returned to the queue: {}", FailureText.of(failure));
    }

    private LoggingEventBuilder line(Level level, TracedDelivery delivery, Optional<RoleEvent> event) {
        LoggingEventBuilder line = LOG.atLevel(level);
        for (Map.Entry<String, Object> key : keys(delivery, event).entrySet()) {
            line = line.addKeyValue(key.getKey(), key.getValue());
        }
        return line;
    }

    private Map<String, Object> keys(TracedDelivery delivery, Optional<RoleEvent> event) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("queue", queue);
        keys.put("message", delivery.message().id());
        delivery.traceId().ifPresent(trace -> keys.put("traceId", trace));
        event.ifPresentOrElse(
                known -> {
                    keys.put("instance", known.instance().id());
                    keys.put("event", known.eventId());
                    keys.put("type", known.type());
                },
                () -> RejectedEventId.of(delivery.message().body()).ifPresent(sender -> {
                    sender.about().ifPresent(instance -> keys.put("instance", instance));
                    keys.put("event", sender.event().event());
                    sender.event().type().ifPresent(type -> keys.put("type", LogText.bare(type)));
                }));
        return keys;
    }
}
