package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item with the settings last seen, beside the roles in the ledger's table and in no index: {@code pk} = {@code
 * deployment}.
 */
public final class DynamoDbSettings implements LastSettings {

    private static final Map<String, AttributeValue> KEY =
            Map.of(Attributes.PK, string("deployment"), Attributes.SK, string("settings"));
    private static final String SETTINGS = "settings";
    private static final String SEEN_AT = "seenAt";

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbSettings(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<Optional<SettingsSnapshot>> load() {
        return translated(Uni.createFrom()
                .completionStage(
                        () -> dynamoDb.getItem(r -> r.tableName(table).key(KEY).consistentRead(true)))
                .map(response -> optional(response.item(), SETTINGS).map(settings -> read(settings.m()))));
    }

    private static SettingsSnapshot read(Map<String, AttributeValue> values) {
        SortedMap<String, String> settings = new TreeMap<>();
        values.forEach((name, value) -> settings.put(name, value.s()));
        return new SettingsSnapshot(settings);
    }

    @Override
    public Uni<Void> save(SettingsSnapshot settings, Instant at) {
        Map<String, AttributeValue> values = new HashMap<>();
        settings.values().forEach((name, value) -> values.put(name, string(value)));
        Map<String, AttributeValue> item = new HashMap<>(KEY);
        item.put(SETTINGS, AttributeValue.fromM(values));
        item.put(SEEN_AT, string(at.toString()));
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(r -> r.tableName(table).item(item)))
                .replaceWithVoid());
    }
}
