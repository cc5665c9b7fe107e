package dev.linkedrole.connect.comparison;

import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectInstance.Status;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.connect.StorageConfig.Storage;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings of an instance, from which readings are made. At first they are read, and there are none. */
final class Settings {

    static final List<String> STORAGE =
            List.of("CALL_RECORDINGS", "SCHEDULED_REPORTS", "CONTACT_TRACE_RECORDS", "AGENT_EVENTS");

    private final Map<String, List<StorageConfig>> storage = new TreeMap<>();
    private final Map<LexVersion, List<Bot>> bots = new EnumMap<>(LexVersion.class);
    private Optional<List<Integration>> integrations = Optional.of(new ArrayList<>());
    private Optional<List<InstanceAttribute>> attributes = Optional.of(new ArrayList<>());
    private final List<Unread> unread = new ArrayList<>();
    private Optional<String> alias = Optional.of("acme-support");
    private Status status = Status.ACTIVE;
    private Optional<Instant> createdAt = Optional.empty();

    Settings() {
        STORAGE.forEach(type -> storage.put(type, new ArrayList<>()));
        bots.put(LexVersion.V1, new ArrayList<>());
        with("CONTACTFLOW_LOGS", "false").with("HIGH_VOLUME_OUTBOUND", "false");
    }

    Settings with(String type, Storage place) {
        List<StorageConfig> places = storage.computeIfAbsent(type, first -> new ArrayList<>());
        places.add(new StorageConfig(Optional.of("a" + places.size()), place));
        return this;
    }

    Settings inBucket(String type, String bucket, String prefix) {
        return with(type, new StorageConfig.S3(bucket, prefix, Optional.empty()));
    }

    Settings with(Bot bot) {
        LexVersion version = bot instanceof Bot.LexV1 ? LexVersion.V1 : LexVersion.V2;
        bots.computeIfAbsent(version, first -> new ArrayList<>()).add(bot);
        return this;
    }

    Settings with(Integration integration) {
        integrations.orElseThrow().add(integration);
        return this;
    }

    Settings with(String attribute, String value) {
        without(attribute).attributes.orElseThrow().add(new InstanceAttribute(attribute, value));
        return this;
    }

    /** Removes an attribute from the answer. */
    Settings without(String attribute) {
        attributes.orElseThrow().removeIf(known -> known.type().equals(attribute));
        return this;
    }

    /** Makes a part unreadable, by its name in readings. */
    Settings unread(String part) {
        unread.add(new Unread(part, Kind.DENIED, "the credentials lack a permission"));
        return notAsked(part);
    }

    /** Leaves a part out. */
    Settings notAsked(String part) {
        storage.remove(part.replace("storage ", ""));
        bots.keySet().removeIf(version -> part.equals("bots " + version));
        if (part.equals("integrations")) {
            integrations = Optional.empty();
        }
        if (part.equals("attributes")) {
            attributes = Optional.empty();
        }
        return this;
    }

    Settings alias(Optional<String> other) {
        alias = other;
        return this;
    }

    Settings status(Status other) {
        status = other;
        return this;
    }

    Settings created(Instant time) {
        createdAt = Optional.of(time);
        return this;
    }

    InstanceReading reading(InstanceArn instance, Instant begunAt) {
        return new InstanceReading(
                begunAt,
                new ConnectInstance(instance, alias, status, createdAt, Optional.empty()),
                storage,
                bots,
                integrations,
                attributes,
                unread);
    }
}
