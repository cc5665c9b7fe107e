package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.TimeText;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Leases in the ledger's table, beside the roles: an item for each shard, in no index, with {@code pk} = {@code
 * resync#SHARD}.
 */
public final class DynamoDbLeases implements Leases {

    private static final String KEY = "resync#";
    private static final String SORT_KEY = "lease";
    private static final String HOLDER = "holder";
    private static final String TAKEN_UNTIL = "takenUntil";
    private static final String DONE_AT = "doneAt";
    private static final String TOOK = "tookMillis";
    private static final String VERSION = "version";

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final String holder;

    /**
     * @param holder a name that no other replica has
     */
    public DynamoDbLeases(DynamoDbAsyncClient dynamoDb, String table, String holder) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.holder = holder;
    }

    @Override
    public String holder() {
        return holder;
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> shards) {
        KeysAndAttributes keys = KeysAndAttributes.builder()
                .keys(shards.stream().map(DynamoDbLeases::key).toList())
                .consistentRead(true)
                .build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.batchGetItem(r -> r.requestItems(Map.of(table, keys))))
                .map(this::read));
    }

    /** Reads the leases; those that a busy DynamoDB left out are read the next time. */
    private Map<String, Lease> read(BatchGetItemResponse response) {
        Map<String, Lease> leases = new HashMap<>();
        response.responses()
                .getOrDefault(table, List.of())
                .forEach(item -> leases.put(string(item, Attributes.PK).substring(KEY.length()), lease(item)));
        return leases;
    }

    private static Lease lease(Map<String, AttributeValue> item) {
        return new Lease(
                optional(item, VERSION)
                        .map(version -> Long.parseLong(version.n()))
                        .orElse(0L),
                optional(item, HOLDER).map(AttributeValue::s),
                optional(item, TAKEN_UNTIL).map(at -> Instant.parse(at.s())),
                optional(item, DONE_AT).map(at -> Instant.parse(at.s())),
                optional(item, TOOK)
                        .map(millis -> Duration.ofMillis(Long.parseLong(millis.n())))
                        .orElse(Duration.ZERO));
    }

    /**
     * Takes a lease on condition that all its attributes are unchanged, since earlier versions do not count their
     * writes.
     */
    @Override
    public Uni<Boolean> take(String shard, Lease seen, Instant until) {
        Map<String, AttributeValue> arguments = new HashMap<>(Map.of(":until", time(until)));
        String unchanged = String.join(
                " AND ",
                isStill(VERSION, version(seen), arguments),
                isStill(HOLDER, seen.holder().map(name -> string(name)), arguments),
                isStill(TAKEN_UNTIL, seen.takenUntil().map(DynamoDbLeases::time), arguments),
                isStill(DONE_AT, seen.doneAt().map(DynamoDbLeases::time), arguments));
        return translated(update(
                shard,
                "SET " + HOLDER + " = :me, " + TAKEN_UNTIL + " = :until",
                "(" + unchanged + ") OR " + HOLDER + " = :me",
                arguments));
    }

    private static Optional<AttributeValue> version(Lease seen) {
        return seen.version() == 0
                ? Optional.empty()
                : Optional.of(AttributeValue.fromN(Long.toString(seen.version())));
    }

    private static String isStill(
            String attribute, Optional<AttributeValue> value, Map<String, AttributeValue> arguments) {
        value.ifPresent(seen -> arguments.put(":seen_" + attribute, seen));
        return value.isPresent() ? attribute + " = :seen_" + attribute : "attribute_not_exists(" + attribute + ")";
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        return translated(
                update(shard, "SET " + TAKEN_UNTIL + " = :until", "holder = :me", Map.of(":until", time(until)))
                        .replaceWithVoid());
    }

    @Override
    public Uni<Void> done(String shard, Instant begun, Duration took) {
        return translated(update(
                        shard,
                        "SET " + DONE_AT + " = :at, " + TOOK + " = :took REMOVE " + HOLDER + ", " + TAKEN_UNTIL,
                        "holder = :me",
                        Map.of(":at", time(begun), ":took", AttributeValue.fromN(Long.toString(took.toMillis()))))
                .replaceWithVoid());
    }

    @Override
    public Uni<Void> leave(String shard) {
        return translated(update(shard, "REMOVE " + HOLDER + ", " + TAKEN_UNTIL, "holder = :me", Map.of())
                .replaceWithVoid());
    }

    private Uni<Boolean> update(
            String shard, String expression, String condition, Map<String, AttributeValue> arguments) {
        Map<String, AttributeValue> all = new HashMap<>(arguments);
        all.put(":me", string(holder));
        all.put(":one", AttributeValue.fromN("1"));
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key(shard))
                .updateExpression(expression + " ADD " + VERSION + " :one")
                .conditionExpression(condition)
                .expressionAttributeValues(all)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false);
    }

    private static AttributeValue time(Instant time) {
        return string(TimeText.sortable(time));
    }

    private static Map<String, AttributeValue> key(String shard) {
        return Map.of(Attributes.PK, string(KEY + shard), Attributes.SK, string(SORT_KEY));
    }
}
