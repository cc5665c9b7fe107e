package dev.linkedrole.bench.run;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** The ledger's table as {@code deploy/resources.yaml} defines it: DynamoDB Local knows nothing of CloudFormation. */
final class LedgerTable {

    private final Map<?, ?> definition;

    private LedgerTable(Map<?, ?> definition) {
        this.definition = definition;
    }

    static LedgerTable read(Path resources) throws IOException {
        try (Reader reader = Files.newBufferedReader(resources)) {
            // Composed, not loaded: CloudFormation's own tags have no meaning here.
            Map<?, ?> template = (Map<?, ?>) plain(new Yaml(new LoaderOptions()).compose(reader));
            Map<?, ?> ledger = (Map<?, ?>) ((Map<?, ?>) template.get("Resources")).get("Ledger");
            return new LedgerTable((Map<?, ?>) ledger.get("Properties"));
        }
    }

    private static Object plain(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode sequence ->
                sequence.getValue().stream().map(LedgerTable::plain).toList();
            case MappingNode mapping -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (NodeTuple entry : mapping.getValue()) {
                    map.put(plain(entry.getKeyNode()), plain(entry.getValueNode()));
                }
                yield map;
            }
            default -> throw new IllegalArgumentException("not understood: " + node);
        };
    }

    void create(DynamoDbAsyncClient dynamoDb, String name) {
        dynamoDb.createTable(CreateTableRequest.builder()
                        .tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(list(definition, "AttributeDefinitions").stream()
                                .map(attribute -> AttributeDefinition.builder()
                                        .attributeName(text(attribute, "AttributeName"))
                                        .attributeType(text(attribute, "AttributeType"))
                                        .build())
                                .toList())
                        .keySchema(keys(definition))
                        .localSecondaryIndexes(list(definition, "LocalSecondaryIndexes").stream()
                                .map(index -> LocalSecondaryIndex.builder()
                                        .indexName(text(index, "IndexName"))
                                        .keySchema(keys(index))
                                        .projection(projection(index))
                                        .build())
                                .toList())
                        .globalSecondaryIndexes(list(definition, "GlobalSecondaryIndexes").stream()
                                .map(index -> GlobalSecondaryIndex.builder()
                                        .indexName(text(index, "IndexName"))
                                        .keySchema(keys(index))
                                        .projection(projection(index))
                                        .build())
                                .toList())
                        .build())
                .join();
    }

    private static List<KeySchemaElement> keys(Map<?, ?> of) {
        return list(of, "KeySchema").stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(text(key, "AttributeName"))
                        .keyType(text(key, "KeyType"))
                        .build())
                .toList();
    }

    private static Projection projection(Map<?, ?> index) {
        Map<?, ?> projection = (Map<?, ?>) index.get("Projection");
        Projection.Builder builder = Projection.builder().projectionType(text(projection, "ProjectionType"));
        if (projection.get("NonKeyAttributes") instanceof List<?> attributes) {
            builder.nonKeyAttributes(attributes.stream().map(String::valueOf).toList());
        }
        return builder.build();
    }

    private static List<Map<?, ?>> list(Map<?, ?> of, String name) {
        List<Map<?, ?>> maps = new ArrayList<>();
        ((List<?>) of.get(name)).forEach(element -> maps.add((Map<?, ?>) element));
        return maps;
    }

    private static String text(Map<?, ?> of, String name) {
        return String.valueOf(of.get(name));
    }

    static DynamoDbAsyncClient client(URI endpoint) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(64))
                .build();
    }
}
