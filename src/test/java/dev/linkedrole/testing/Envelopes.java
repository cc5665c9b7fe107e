package dev.linkedrole.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.RoleEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The envelopes of the contract, written from the contract. */
public enum Envelopes {
    CLOUD_EVENT {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            ObjectNode envelope = JSON.createObjectNode();
            envelope.put("specversion", "1.0");
            envelope.put("id", event.eventId().id());
            envelope.put("source", event.eventId().source());
            envelope.put("type", type);
            envelope.put("time", event.time().toString());
            envelope.put("subject", event.instance().id().value());
            envelope.put("datacontenttype", "application/json");
            envelope.set("data", data(event));
            return envelope;
        }
    },
    EVENT_BRIDGE {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            ObjectNode envelope = JSON.createObjectNode();
            envelope.put("version", "0");
            envelope.put("id", event.eventId().id());
            envelope.put("detail-type", type);
            envelope.put("source", event.eventId().source());
            envelope.put("account", event.instance().account());
            envelope.put("time", event.time().toString());
            envelope.put("region", event.instance().region());
            envelope.putArray("resources").add(event.instance().toString());
            envelope.set("detail", data(event));
            return envelope;
        }
    },
    /** CloudEvent with base64 data, as SDKs write it for bytes, and without optional attributes. */
    CLOUD_EVENT_OF_BYTES {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            ObjectNode envelope = CLOUD_EVENT.wrap(event, "com.acme." + type);
            envelope.remove(List.of("subject", "datacontenttype"));
            byte[] data = envelope.remove("data").toString().getBytes(StandardCharsets.UTF_8);
            return envelope.put("data_base64", Base64.getEncoder().encodeToString(data));
        }
    },
    EVENT_BRIDGE_OF_CLOUD_EVENT {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            ObjectNode envelope = EVENT_BRIDGE.wrap(event, "Something Happened");
            return envelope.put("id", "another")
                    .put("source", "acme.bus")
                    .put("time", "2026-11-23T08:00:00Z")
                    .set("detail", CLOUD_EVENT.wrap(event, type));
        }
    },
    SNS_OF_CLOUD_EVENT {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            return notification(CLOUD_EVENT.wrap(event, type));
        }
    },
    SNS_OF_EVENT_BRIDGE {
        @Override
        public ObjectNode wrap(RoleEvent event, String type) {
            return notification(EVENT_BRIDGE.wrap(event, type));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Envelopes> ALL = List.of(values());

    public static Envelopes any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** Wraps an event in this envelope, with the given spelling of its type. */
    public abstract ObjectNode wrap(RoleEvent event, String type);

    public ObjectNode wrap(RoleEvent event) {
        return wrap(event, event.type());
    }

    private static ObjectNode notification(ObjectNode event) {
        ObjectNode notification = JSON.createObjectNode();
        notification.put("Type", "Notification");
        notification.put("MessageId", UUID.randomUUID().toString());
        notification.put("TopicArn", "arn:aws:sns:us-west-2:111122223333:instances");
        notification.put("Message", event.toString());
        notification.put("Timestamp", "2026-11-23T09:00:01.123Z");
        return notification;
    }

    private static ObjectNode data(RoleEvent event) {
        ObjectNode data = JSON.createObjectNode();
        data.put("instanceArn", event.instance().toString());
        switch (event) {
            case RoleEvent.InstanceCreated created -> data.put("alias", created.alias());
            case RoleEvent.FeatureEnabled enabled -> feature(data, enabled.feature(), enabled.resources());
            case RoleEvent.FeatureDisabled disabled -> feature(data, disabled.feature(), disabled.resources());
            case RoleEvent.InstanceDeleted deleted -> {}
            case RoleEvent.DescriptionEdited edited -> throw ofOperators(edited);
            case RoleEvent.RoleAdopted adopted -> throw ofOperators(adopted);
            case RoleEvent.RoleReleased released -> throw ofOperators(released);
        }
        return data;
    }

    private static void feature(ObjectNode data, String feature, Set<String> resources) {
        data.put("feature", feature);
        if (!resources.isEmpty()) {
            ArrayNode list = data.putArray("resources");
            resources.forEach(list::add);
        }
    }

    private static IllegalArgumentException ofOperators(RoleEvent event) {
        return new IllegalArgumentException("no producer sends " + event);
    }
}
