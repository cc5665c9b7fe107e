package dev.linkedrole.connectmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.InstanceArn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** An instance of the model, with its settings as the API has them. */
public final class ModelInstance {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InstanceArn arn;
    private final ObjectNode summary = JSON.objectNode();
    private final Map<String, List<JsonNode>> storage = new HashMap<>();
    private final Map<String, List<JsonNode>> bots = new HashMap<>();
    private final List<JsonNode> integrations = new ArrayList<>();
    private final List<JsonNode> attributes = new ArrayList<>();

    /** Creates an active instance without settings. */
    public ModelInstance(InstanceArn arn) {
        this.arn = arn;
        summary.put("Id", arn.id().value())
                .put("Arn", arn.toString())
                .put("IdentityManagementType", "CONNECT_MANAGED")
                .put("InstanceAlias", "alias-" + arn.id().hex().substring(0, 8))
                .put("CreatedTime", 1_540_000_000.123)
                .put("InstanceStatus", "ACTIVE");
    }

    public InstanceArn arn() {
        return arn;
    }

    /** Changes how the instance is described. */
    public ModelInstance described(Consumer<ObjectNode> change) {
        change.accept(summary);
        return this;
    }

    /** Adds a place of a type of stored data, with its settings under the name of their member. */
    public ModelInstance storing(String type, String storageType, String member, Map<String, String> settings) {
        ObjectNode config = JSON.objectNode()
                .put(
                        "AssociationId",
                        type.toLowerCase(Locale.ROOT) + storage(type).size())
                .put("StorageType", storageType);
        ObjectNode inner = config.putObject(member);
        settings.forEach(inner::put);
        return storing(type, config);
    }

    /** Adds a place of a type of stored data. */
    public ModelInstance storing(String type, JsonNode config) {
        storage.computeIfAbsent(type, first -> new ArrayList<>()).add(config);
        return this;
    }

    /** Adds a prefix in a bucket. */
    public ModelInstance storingInBucket(String type, String bucket, String prefix) {
        return storing(type, "S3", "S3Config", Map.of("BucketName", bucket, "BucketPrefix", prefix));
    }

    /** Adds a bot of Lex V1. */
    public ModelInstance withLexV1(String name, String region) {
        ObjectNode bot = JSON.objectNode();
        bot.putObject("LexBot").put("Name", name).put("LexRegion", region);
        bots.computeIfAbsent("V1", first -> new ArrayList<>()).add(bot);
        return this;
    }

    /** Adds a bot of Lex V2. */
    public ModelInstance withLexV2(String aliasArn) {
        ObjectNode bot = JSON.objectNode();
        bot.putObject("LexV2Bot").put("AliasArn", aliasArn);
        bots.computeIfAbsent("V2", first -> new ArrayList<>()).add(bot);
        return this;
    }

    /** Adds an integration. */
    public ModelInstance integrated(String id, String type, String arn) {
        integrations.add(JSON.objectNode()
                .put("IntegrationAssociationId", id)
                .put("InstanceId", this.arn.id().value())
                .put("IntegrationType", type)
                .put("IntegrationArn", arn));
        return this;
    }

    /** Adds an attribute. */
    public ModelInstance attribute(String type, String value) {
        attributes.add(JSON.objectNode().put("AttributeType", type).put("Value", value));
        return this;
    }

    ObjectNode summary() {
        return summary;
    }

    List<JsonNode> storage(String type) {
        return storage.getOrDefault(type, List.of());
    }

    List<JsonNode> bots(String version) {
        return bots.getOrDefault(version, List.of());
    }

    List<JsonNode> integrations() {
        return integrations;
    }

    List<JsonNode> attributes() {
        return attributes;
    }

    static ArrayNode array(List<JsonNode> items) {
        return JSON.arrayNode().addAll(items);
    }
}
