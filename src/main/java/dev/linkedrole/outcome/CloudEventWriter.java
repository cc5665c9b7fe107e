package dev.linkedrole.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.plan.Difference;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Writes outcomes as CloudEvents.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEventWriter,
 *     JSON format</a>
 */
final class CloudEventWriter {

    /**
     * Maximum size of an outcome in bytes: SNS and EventBridge accept 256 KiB including their envelope.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html">EventBridge</a>
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html">SNS</a>
     */
    static final int MAX_BYTES = 250_000;

    private static final String FEATURE = "feature";

    private final String source;

    /** @param source the CloudEvents source of the outcomes */
    CloudEventWriter(String source) {
        this.source = source;
    }

    CloudEvent of(PendingOutcome pending) {
        CloudEvent whole = write(pending, false);
        return whole.bytes() > MAX_BYTES ? write(pending, true) : whole;
    }

    private CloudEvent write(PendingOutcome pending, boolean truncated) {
        Outcome outcome = pending.outcome();
        Optional<String> subject = outcome.about().map(InstanceId::value);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0");
        event.put("id", pending.id());
        event.put("source", source);
        event.put("type", outcome.type());
        event.put("time", outcome.time().toString());
        subject.ifPresent(id -> event.put("subject", id));
        event.put("datacontenttype", "application/json");
        event.set("data", data(outcome, truncated));
        return new CloudEvent(
                pending.id(), source, outcome.type(), subject, outcome.time(), resources(outcome), event.toString());
    }

    private static ObjectNode data(Outcome outcome, boolean truncated) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Outcome.RoleUpdated updated -> {
                write(data, updated.subject());
                data.set("granted", truncated ? features(updated.granted()) : grants(updated.granted()));
                data.set("taken", truncated ? features(updated.taken()) : grants(updated.taken()));
                write(data, updated.answers(), updated.unlisted());
                if (truncated) {
                    data.put("truncated", true);
                }
            }
            case Outcome.RoleDeleted deleted -> {
                write(data, deleted.subject());
                write(data, deleted.answers(), deleted.unlisted());
            }
            case Outcome.RoleRepaired repaired -> {
                write(data, repaired.subject());
                data.set("drift", drift(repaired.drift()));
                repaired.steps().forEach(data.putArray("steps")::add);
            }
            case Outcome.GrantRejected rejected -> {
                rejected.subject().ifPresent(subject -> write(data, subject));
                data.put("reason", rejected.rejection().reason().code());
                data.put("detail", rejected.rejection().detail());
                rejected.rejection().field().ifPresent(field -> data.put("field", field));
                write(data, rejected.answers(), 0);
            }
        }
        return data;
    }

    private static void write(ObjectNode data, Outcome.Subject subject) {
        data.put("instanceArn", subject.instance().toString());
        data.put("roleName", subject.role().value());
        subject.arn().ifPresent(arn -> data.put("roleArn", arn));
        data.put("revision", subject.revision());
    }

    private static void write(ObjectNode data, List<AcknowledgedEvent> answers, long unlisted) {
        ArrayNode events = data.putArray("answers");
        for (AcknowledgedEvent answered : answers) {
            ObjectNode event = events.addObject();
            event.put("id", answered.event().id());
            event.put("source", answered.event().source());
            answered.type().ifPresent(type -> event.put("type", type));
        }
        if (unlisted > 0) {
            data.put("unlisted", unlisted);
        }
    }

    /**
     * Lists each feature with its resources, in the format of events; a grant without a resource has the feature alone.
     */
    private static ArrayNode grants(SortedSet<Grant> grants) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Map<String, ArrayNode> resources = new HashMap<>();
        for (Grant grant : grants) {
            grant.resource()
                    .ifPresentOrElse(
                            arn -> resources
                                    .computeIfAbsent(
                                            grant.feature(),
                                            feature -> array.addObject()
                                                    .put(FEATURE, feature)
                                                    .putArray("resources"))
                                    .add(arn),
                            () -> array.addObject().put(FEATURE, grant.feature()));
        }
        return array;
    }

    private static ArrayNode drift(List<Difference> drift) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Difference difference : drift) {
            ObjectNode node = array.addObject();
            node.put("facet", difference.component());
            node.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
            difference.missing().forEach(node.putArray("missing")::add);
            difference.extra().forEach(node.putArray("extra")::add);
        }
        return array;
    }

    /** Lists the features without their resources. */
    private static ArrayNode features(SortedSet<Grant> grants) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        grants.stream()
                .map(Grant::feature)
                .distinct()
                .forEach(feature -> array.addObject().put(FEATURE, feature));
        return array;
    }

    private static List<String> resources(Outcome outcome) {
        Optional<Outcome.Subject> subject = switch (outcome) {
            case Outcome.RoleUpdated updated -> Optional.of(updated.subject());
            case Outcome.RoleDeleted deleted -> Optional.of(deleted.subject());
            case Outcome.RoleRepaired repaired -> Optional.of(repaired.subject());
            case Outcome.GrantRejected rejected -> rejected.subject();
        };
        return subject.map(Outcome.Subject::instance)
                .map(InstanceArn::toString)
                .map(List::of)
                .orElse(List.of());
    }
}
