package dev.linkedrole.simulation.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.simulation.world.Randomness;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.ApiCallEvent.Form;
import dev.linkedrole.testing.ApiCallEvent.Spelling;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An instance of Amazon Connect, whose settings calls change; CloudTrail records each call. */
final class FleetInstance {

    private static final String ALIAS = "acme";
    private static final String BUCKET = "acme-recordings";
    private static final String PREFIX = "calls/2026";
    private static final String REGIONAL = ":us-west-2:111122223333:";
    private static final String STREAM = "arn:aws:kinesis" + REGIONAL + "stream/acme";
    private static final String DELIVERY_STREAM = "arn:aws:firehose" + REGIONAL + "deliverystream/acme";
    private static final String DOMAIN = "arn:aws:voiceid" + REGIONAL + "domain/AbCdEf123";
    private static final List<String> BOTS =
            List.of("Acme", "CustomerServiceBot0000", "CustomerServiceBot0001", "CustomerServiceBot0002");

    private static final Map<String, String> FEATURES = new TreeMap<>(Map.of(
            "CALL_RECORDINGS", "call-recordings",
            "SCHEDULED_REPORTS", "exported-reports",
            "CONTACT_TRACE_RECORDS", "contact-records",
            "AGENT_EVENTS", "agent-events"));

    private final Instance instance;
    private final Instant created;

    /** For each type the first of two places, or the second. */
    private final SortedMap<String, Boolean> storage = new TreeMap<>();

    private final SortedSet<String> bots = new TreeSet<>();
    private final SortedMap<String, Boolean> attributes =
            new TreeMap<>(Map.of("CONTACTFLOW_LOGS", false, "HIGH_VOLUME_OUTBOUND", false));
    private Optional<String> voiceId = Optional.empty();
    private int calls;

    FleetInstance(Instance instance, Instant created) {
        this.instance = instance;
        this.created = created;
    }

    ConnectInstance described() {
        return new ConnectInstance(
                instance.arn(),
                Optional.of(ALIAS),
                ConnectInstance.Status.ACTIVE,
                Optional.of(created),
                Optional.empty());
    }

    List<StorageConfig> storage(String type) {
        return Optional.ofNullable(storage.get(type))
                .map(first -> new StorageConfig(Optional.of("a"), place(type, first)))
                .stream()
                .toList();
    }

    private static StorageConfig.Storage place(String type, boolean first) {
        if (inBucket(type)) {
            return new StorageConfig.S3(BUCKET, first ? "" : PREFIX, Optional.empty());
        }
        return first ? new StorageConfig.DataStream(STREAM) : new StorageConfig.DeliveryStream(DELIVERY_STREAM);
    }

    private static boolean inBucket(String type) {
        return type.equals("CALL_RECORDINGS") || type.equals("SCHEDULED_REPORTS");
    }

    List<Bot> bots() {
        return bots.stream()
                .<Bot>map(name -> new Bot.LexV1(name, Instance.REGION))
                .toList();
    }

    List<Integration> integrations() {
        return voiceId.map(id -> new Integration(id, "VOICE_ID", DOMAIN)).stream()
                .toList();
    }

    List<InstanceAttribute> attributes() {
        return attributes.entrySet().stream()
                .map(each ->
                        new InstanceAttribute(each.getKey(), each.getValue().toString()))
                .toList();
    }

    /** Returns the grants that these settings mean, by the table of calls and not by the catalog's rules. */
    Set<Grant> grants() {
        Set<Grant> grants = new TreeSet<>(Set.of(Grant.BASE));
        storage.forEach((type, first) ->
                grants.add(Grant.of(Objects.requireNonNull(FEATURES.get(type)), resource(type, first))));
        bots.forEach(name -> grants.add(Grant.of("lex-bots", "arn:aws:lex" + REGIONAL + "bot:" + name)));
        voiceId.ifPresent(id -> grants.add(Grant.of("voice-id", DOMAIN)));
        if (isOn("CONTACTFLOW_LOGS")) {
            grants.add(Grant.of("contact-flow-logs", "arn:aws:logs" + REGIONAL + "log-group:/aws/connect/" + ALIAS));
        }
        if (isOn("HIGH_VOLUME_OUTBOUND")) {
            grants.add(Grant.withoutResource("outbound-campaigns"));
        }
        return grants;
    }

    private static String resource(String type, boolean first) {
        if (inBucket(type)) {
            return "arn:aws:s3:::" + BUCKET + (first ? "" : "/" + PREFIX);
        }
        return first ? STREAM : DELIVERY_STREAM;
    }

    /** Returns the record of the call that created it. */
    String creation(Randomness chance, Instant now) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("InstanceAlias", ALIAS);
        ObjectNode response = JsonNodeFactory.instance
                .objectNode()
                .put("Id", instance.id().value())
                .put("Arn", instance.arn().toString());
        return record(chance, "CreateInstance", request, response, now);
    }

    /** Returns the record of the call that deletes it. */
    String deletion(Randomness chance, Instant now) {
        return record(chance, "DeleteInstance", named(), JsonNodeFactory.instance.objectNode(), now);
    }

    /**
     * Changes a setting by a call.
     *
     * @param logs true if the call may be one whose record means nothing without the alias
     * @return the record of the call
     */
    String change(Randomness chance, Instant now, boolean logs) {
        ObjectNode request = named();
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        String call = switch (chance.below(5)) {
            case 0, 1 -> changeStorage(chance, request);
            case 2 -> changeBot(chance, request);
            case 3 -> changeIntegration(request, response);
            default -> changeAttribute(chance, request, logs);
        };
        return record(chance, call, request, response, now);
    }

    private static ObjectNode named() {
        return JsonNodeFactory.instance.objectNode().put("InstanceId", ApiCallEvent.INSTANCE);
    }

    private String changeStorage(Randomness chance, ObjectNode request) {
        String type = chance.oneOf(List.copyOf(FEATURES.keySet()));
        request.put("ResourceType", type);
        if (storage.containsKey(type) && chance.below(3) == 0) {
            storage.remove(type);
            request.put("AssociationId", "a");
            return "DisassociateInstanceStorageConfig";
        }
        boolean first = chance.below(2) == 0;
        ObjectNode config = request.putObject("StorageConfig");
        switch (place(type, first)) {
            case StorageConfig.S3 s3 ->
                config.put("StorageType", "S3")
                        .putObject("S3Config")
                        .put("BucketName", s3.bucket())
                        .put("BucketPrefix", s3.prefix());
            case StorageConfig.DataStream stream ->
                config.put("StorageType", "KINESIS_STREAM")
                        .putObject("KinesisStreamConfig")
                        .put("StreamArn", stream.arn());
            case StorageConfig.DeliveryStream stream ->
                config.put("StorageType", "KINESIS_FIREHOSE")
                        .putObject("KinesisFirehoseConfig")
                        .put("FirehoseArn", stream.arn());
            default -> throw new IllegalStateException(type);
        }
        return storage.put(type, first) == null ? "AssociateInstanceStorageConfig" : "UpdateInstanceStorageConfig";
    }

    private String changeBot(Randomness chance, ObjectNode request) {
        String name = chance.oneOf(BOTS);
        if (bots.remove(name)) {
            request.put("BotName", name).put("LexRegion", Instance.REGION);
            return "DisassociateLexBot";
        }
        bots.add(name);
        request.putObject("LexBot").put("Name", name).put("LexRegion", Instance.REGION);
        return "AssociateLexBot";
    }

    private String changeIntegration(ObjectNode request, ObjectNode response) {
        if (voiceId.isPresent()) {
            request.put("IntegrationAssociationId", voiceId.get());
            voiceId = Optional.empty();
            return "DeleteIntegrationAssociation";
        }
        String id = "i" + calls;
        voiceId = Optional.of(id);
        request.put("IntegrationType", "VOICE_ID").put("IntegrationArn", DOMAIN);
        response.put("IntegrationAssociationId", id);
        return "CreateIntegrationAssociation";
    }

    private boolean isOn(String attribute) {
        return Boolean.TRUE.equals(attributes.get(attribute));
    }

    private String changeAttribute(Randomness chance, ObjectNode request, boolean logs) {
        String type = logs && chance.below(2) == 0 ? "CONTACTFLOW_LOGS" : "HIGH_VOLUME_OUTBOUND";
        boolean on = !isOn(type);
        attributes.put(type, on);
        request.put("AttributeType", type).put("Value", String.valueOf(on));
        return "UpdateInstanceAttribute";
    }

    private String record(Randomness chance, String call, ObjectNode request, ObjectNode response, Instant now) {
        Form form = chance.oneOf(List.of(Form.values()));
        Spelling spelling = chance.oneOf(List.of(Spelling.values()));
        ObjectNode event = ApiCallEvent.of(instance, form, spelling, call, request, response);
        ((ObjectNode) event.get("detail"))
                .put("eventTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("eventID", instance.id().hex().substring(0, 8) + "-" + call + "-" + ++calls);
        return event.toString();
    }
}
