package dev.linkedrole.connect.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.StorageConfig.DataStream;
import dev.linkedrole.connect.StorageConfig.S3;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A random history of an instance in Amazon Connect: calls at exact times, the settings that each leads to, and
 * CloudTrail's records of them, which know the second only.
 */
final class ConnectHistory {

    /** Time in which all calls are made; so short that many share a second. */
    static final Duration SPAN = Duration.ofSeconds(4);

    static final String ALIAS = "acme-support";

    private static final List<String> FEATURES =
            List.of("call-recordings", "exported-reports", "contact-records", "agent-events");
    private static final List<String> NAMES = List.of("one", "two");
    private static final String REGIONAL = ":us-west-2:111122223333:";

    private final Instance instance;
    private final Random random;
    private final List<Call> calls = new ArrayList<>();
    private final SortedMap<Instant, State> states = new TreeMap<>();

    /** A call, as CloudTrail records it. */
    record Call(Instant time, String message) {}

    /** The settings at a time. Each value is the name of what is used. */
    private record State(
            SortedMap<String, String> storage,
            SortedMap<String, String> bots,
            SortedMap<String, String> integrations,
            SortedMap<String, String> attributes) {

        State copy() {
            return new State(
                    new TreeMap<>(storage),
                    new TreeMap<>(bots),
                    new TreeMap<>(integrations),
                    new TreeMap<>(attributes));
        }
    }

    ConnectHistory(Instance instance, Random random, int length) {
        this.instance = instance;
        this.random = random;
        State state = new State(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("CONTACTFLOW_LOGS", "false", "HIGH_VOLUME_OUTBOUND", "false")));
        states.put(Instant.MIN, state);
        List<Instant> times = random.longs(length, 0, SPAN.toNanos())
                .sorted()
                .mapToObj(Instance.START::plusNanos)
                .toList();
        for (Instant time : times) {
            state = state.copy();
            calls.add(new Call(time, message(time, state)));
            states.put(time, state);
        }
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Makes a call, and changes the settings by it. */
    private String message(Instant time, State state) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("InstanceId", ApiCallEvent.INSTANCE);
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        String call = switch (random.nextInt(4)) {
            case 0 -> storage(state, request);
            case 1 -> bot(state, request);
            case 2 -> integration(state, request, response);
            default -> attribute(state, request);
        };
        ObjectNode event = ApiCallEvent.of(instance, call, request.toString(), response.toString());
        ((ObjectNode) event.get("detail"))
                .put("eventTime", time.truncatedTo(ChronoUnit.SECONDS).toString());
        return event.toString();
    }

    private String storage(State state, ObjectNode request) {
        String type = any(Settings.STORAGE);
        request.put("ResourceType", type);
        if (random.nextInt(3) == 0) {
            state.storage.remove(type);
            return "DisassociateInstanceStorageConfig";
        }
        String name = any(NAMES);
        String call = state.storage.put(type, name) == null
                ? "AssociateInstanceStorageConfig"
                : "UpdateInstanceStorageConfig";
        ObjectNode config = request.putObject("StorageConfig");
        if (inBucket(type)) {
            config.put("StorageType", "S3").putObject("S3Config").put("BucketName", name + "-bucket");
        } else {
            config.put("StorageType", "KINESIS_STREAM")
                    .putObject("KinesisStreamConfig")
                    .put("StreamArn", stream(name));
        }
        return call;
    }

    private String bot(State state, ObjectNode request) {
        String name = any(NAMES);
        String region = any(List.of("us-west-2", "us-west-2", "eu-west-2"));
        if (random.nextBoolean()) {
            state.bots.remove(name + " " + region);
            request.put("BotName", name).put("LexRegion", region);
            return "DisassociateLexBot";
        }
        state.bots.put(name + " " + region, region);
        request.putObject("LexBot").put("Name", name).put("LexRegion", region);
        return "AssociateLexBot";
    }

    private String integration(State state, ObjectNode request, ObjectNode response) {
        if (!state.integrations.isEmpty() && random.nextBoolean()) {
            String id = any(List.copyOf(state.integrations.keySet()));
            state.integrations.remove(id);
            request.put("IntegrationAssociationId", id);
            return "DeleteIntegrationAssociation";
        }
        String id = "i" + random.nextLong(1_000_000_000);
        String name = any(NAMES);
        state.integrations.put(id, name);
        request.put("IntegrationType", "VOICE_ID").put("IntegrationArn", domain(name));
        response.put("IntegrationAssociationId", id);
        return "CreateIntegrationAssociation";
    }

    private String attribute(State state, ObjectNode request) {
        String type = any(List.copyOf(state.attributes.keySet()));
        String value = any(List.of("true", "false"));
        state.attributes.put(type, value);
        request.put("AttributeType", type).put("Value", value);
        return "UpdateInstanceAttribute";
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A reading, and what it has to mean. */
    record Read(InstanceReading reading, Set<Grant> grants, Set<String> unreadFeatures) {}

    /**
     * Reads the instance, each part a while after the last one.
     *
     * @param unread parts that cannot be read
     */
    Read read(Instant begunAt, Set<String> unread) {
        Settings settings = new Settings();
        Set<Grant> grants = new HashSet<>();
        Set<String> unreadFeatures = new HashSet<>();
        Instant now = begunAt;
        for (int i = 0; i < FEATURES.size(); i++) {
            now = later(now);
            String type = Settings.STORAGE.get(i);
            String feature = FEATURES.get(i);
            if (unread.contains("storage " + type)) {
                settings.unread("storage " + type);
                unreadFeatures.add(feature);
            } else {
                Optional.ofNullable(at(now).storage.get(type)).ifPresent(name -> {
                    settings.with(
                            type,
                            inBucket(type)
                                    ? new S3(name + "-bucket", "", Optional.empty())
                                    : new DataStream(stream(name)));
                    grants.add(Grant.of(feature, inBucket(type) ? "arn:aws:s3:::" + name + "-bucket" : stream(name)));
                });
            }
        }
        now = later(now);
        if (unread.contains("bots V1")) {
            settings.unread("bots V1");
            unreadFeatures.add("lex-bots");
        } else {
            at(now).bots.forEach((bot, region) -> {
                String name = bot.split(" ", 2)[0];
                settings.with(new Bot.LexV1(name, region));
                if (region.equals("us-west-2")) {
                    grants.add(Grant.of("lex-bots", "arn:aws:lex" + REGIONAL + "bot:" + name));
                }
            });
        }
        now = later(now);
        if (unread.contains("integrations")) {
            settings.unread("integrations");
            unreadFeatures.add("voice-id");
        } else {
            at(now).integrations.forEach((id, name) -> {
                settings.with(new Integration(id, "VOICE_ID", domain(name)));
                grants.add(Grant.of("voice-id", domain(name)));
            });
        }
        now = later(now);
        if (unread.contains("attributes")) {
            settings.unread("attributes");
            unreadFeatures.addAll(List.of("contact-flow-logs", "outbound-campaigns"));
        } else {
            at(now).attributes.forEach((type, value) -> {
                settings.with(type, value);
                if (value.equals("true")) {
                    grants.add(
                            type.equals("HIGH_VOLUME_OUTBOUND")
                                    ? Grant.withoutResource("outbound-campaigns")
                                    : Grant.of(
                                            "contact-flow-logs",
                                            "arn:aws:logs" + REGIONAL + "log-group:/aws/connect/" + ALIAS));
                }
            });
        }
        return new Read(settings.reading(instance.arn(), begunAt), grants, unreadFeatures);
    }

    private Instant later(Instant now) {
        return now.plusNanos(random.nextLong(400_000_000));
    }

    private State at(Instant time) {
        return states.headMap(time.plusNanos(1)).lastEntry().getValue();
    }

    /** Returns the names of parts, each of which may be unreadable. */
    static List<String> parts() {
        List<String> parts = new ArrayList<>(Arrays.asList("bots V1", "integrations", "attributes"));
        Settings.STORAGE.forEach(type -> parts.add("storage " + type));
        return parts;
    }

    private static boolean inBucket(String type) {
        return type.equals("CALL_RECORDINGS") || type.equals("SCHEDULED_REPORTS");
    }

    private static String stream(String name) {
        return "arn:aws:kinesis" + REGIONAL + "stream/" + name;
    }

    private static String domain(String name) {
        return "arn:aws:voiceid" + REGIONAL + "domain/" + name;
    }
}
