package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import dev.linkedrole.role.model.RoleEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes a message of a producer into an event, or rejects it with a sentence on the fault. */
public final class EventDecoder {

    /**
     * Maximum size of a message in bytes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">SQS
     *     message quotas</a>
     */
    public static final int MAX_BYTES = 1_048_576;

    /** Maximum number of an event's resources; more than any role has room for. */
    static final int MAX_RESOURCES = 1_000;

    /**
     * Maximum number of characters of an event's resources together. They fit into one item of the ledger, of at most
     * 400 KB, with as much again for the metadata of each. No role has room for more: this is the size of all its
     * policies at IAM's highest quotas.
     */
    static final int MAX_CHARACTERS = 131_072;

    private static final String INSTANCE_ARN = "instanceArn";
    private static final String FEATURE = "feature";
    private static final String RESOURCES = "resources";

    private final EnvelopeReader envelopes = new EnvelopeReader();
    private final FeatureCatalog catalog;
    private final ClockTolerance tolerance;

    /**
     * @param catalog the known features
     * @param tolerance bound on how far the times of events may be ahead
     */
    public EventDecoder(FeatureCatalog catalog, ClockTolerance tolerance) {
        this.catalog = catalog;
        this.tolerance = tolerance;
    }

    /**
     * Reads an event.
     *
     * @throws RejectedException if the event cannot be accepted
     */
    public RoleEvent decode(String body) {
        return decode(open(body));
    }

    /** Returns the event in a body, without SNS's notification around it. */
    JsonFields open(String body) {
        requireSize(body);
        return envelopes.open(body);
    }

    RoleEvent decode(JsonFields opened) {
        RoleEvent event = read(envelopes.read(opened));
        // The time is checked last: all other checks give the same result however long the message waits.
        tolerance.check(event.time());
        return event;
    }

    private RoleEvent read(Envelope envelope) {
        return switch (type(envelope.type())) {
            case INSTANCE_CREATED ->
                new RoleEvent.InstanceCreated(
                        envelope.eventId(),
                        instance(envelope),
                        envelope.time(),
                        envelope.data()
                                .optionalText("alias", "the instance's name")
                                .orElse(""));
            case INSTANCE_DELETED ->
                new RoleEvent.InstanceDeleted(envelope.eventId(), instance(envelope), envelope.time());
            case FEATURE_ENABLED -> enabled(envelope);
            case FEATURE_DISABLED -> disabled(envelope);
        };
    }

    private static void requireSize(String body) {
        // A char is at most three bytes, so only a body that may be too large is counted.
        if (body.length() > MAX_BYTES / 3 && body.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new RejectedException(
                    new Rejection(Reason.MESSAGE_TOO_LARGE, "the body must have at most " + MAX_BYTES + " bytes"));
        }
    }

    private static EventType type(String written) {
        return EventType.of(written)
                .orElseThrow(() -> new RejectedException(new Rejection(
                        Reason.UNKNOWN_TYPE,
                        "the type must be instance-created, feature-enabled, feature-disabled or"
                                + " instance-deleted, not " + LogText.of(written),
                        Optional.of("type"))));
    }

    private InstanceArn instance(Envelope envelope) {
        JsonFields data = envelope.data();
        String text = data.text(INSTANCE_ARN, "the ARN of the instance");
        InstanceArn instance = parse(data, text);
        if (!instance.service().equals(catalog.service())) {
            throw data.invalid(
                    INSTANCE_ARN, "must be of the service " + catalog.service() + ", not " + instance.service());
        }
        envelope.subject().ifPresent(subject -> {
            if (!subject.equalsIgnoreCase(instance.id().value())) {
                throw new RejectedException(new Rejection(
                                Reason.INVALID_FIELD,
                                "must be the id of the instance in " + data.nameOf(INSTANCE_ARN) + ", " + instance.id()
                                        + ", not " + LogText.of(subject))
                        .of("subject"));
            }
        });
        return instance;
    }

    private static InstanceArn parse(JsonFields data, String text) {
        try {
            return InstanceArn.parse(text);
        } catch (InvalidValueException e) {
            throw data.invalid(INSTANCE_ARN, "is wrong: " + e.getMessage());
        }
    }

    private RoleEvent.FeatureEnabled enabled(Envelope envelope) {
        InstanceArn instance = instance(envelope);
        Feature feature = feature(envelope.data());
        feature.objection(instance).ifPresent(objection -> {
            throw new RejectedException(objection.of(envelope.data().nameOf(FEATURE)));
        });
        Set<String> resources = resources(envelope.data(), feature, instance);
        if (resources.isEmpty() && feature.withoutResource().isEmpty()) {
            throw envelope.data().missing(RESOURCES, "at least one of " + feature.takes());
        }
        return new RoleEvent.FeatureEnabled(envelope.eventId(), instance, envelope.time(), feature.name(), resources);
    }

    private RoleEvent.FeatureDisabled disabled(Envelope envelope) {
        InstanceArn instance = instance(envelope);
        Feature feature = feature(envelope.data());
        return new RoleEvent.FeatureDisabled(
                envelope.eventId(),
                instance,
                envelope.time(),
                feature.name(),
                resources(envelope.data(), feature, instance));
    }

    private Feature feature(JsonFields data) {
        String name = data.text(FEATURE, "the name of a feature");
        return catalog.feature(name)
                .orElseThrow(() -> new RejectedException(new Rejection(
                                Reason.UNKNOWN_FEATURE,
                                "must be one of "
                                        + String.join(", ", catalog.features().keySet()) + ", not " + LogText.of(name))
                        .of(data.nameOf(FEATURE))));
    }

    private static Set<String> resources(JsonFields data, Feature feature, InstanceArn instance) {
        List<String> resources = data.texts(RESOURCES, "ARNs of " + feature.takes(), MAX_RESOURCES);
        for (int i = 0; i < resources.size(); i++) {
            String field = data.nameOf(RESOURCES) + "[" + i + "]";
            feature.objection(resources.get(i), instance).ifPresent(objection -> {
                throw new RejectedException(objection.of(field));
            });
        }
        Set<String> distinct = Set.copyOf(resources);
        int characters = distinct.stream().mapToInt(String::length).sum();
        if (characters > MAX_CHARACTERS) {
            throw data.invalid(
                    RESOURCES, "must have at most " + MAX_CHARACTERS + " characters in all, not " + characters);
        }
        return distinct;
    }
}
