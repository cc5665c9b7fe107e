package dev.linkedrole.ledger;

import static dev.linkedrole.ledger.Attributes.optional;
import static dev.linkedrole.ledger.Attributes.string;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The leases beside the roles in the ledger's table: an item for each share, in no index, with {@code pk} = {@code resync#SHARE}. */
public final class DynamoDbLeases implements Leases {

    private static final String KEY = "resync#";
    private static final String SORT_KEY = "lease";
    private static final String HOLDER = "holder";
    private static final String TAKEN_UNTIL = "takenUntil";
    private static final String DONE_AT = "doneAt";

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
    public Uni<Map<String, Lease>> all(List<String> shares) {
        KeysAndAttributes keys = KeysAndAttributes.builder()
                .keys(shares.stream().map(DynamoDbLeases::key).toList())
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.batchGetItem(r -> r.requestItems(Map.of(table, keys))))
                .map(this::read);
    }

    /** What DynamoDB was too busy to give back is found the next time. */
    private Map<String, Lease> read(BatchGetItemResponse response) {
        Map<String, Lease> leases = new HashMap<>();
        response.responses()
                .getOrDefault(table, List.of())
                .forEach(item -> leases.put(
                        string(item, Attributes.PK).substring(KEY.length()),
                        new Lease(
                                optional(item, TAKEN_UNTIL).map(at -> Instant.parse(at.s())),
                                optional(item, DONE_AT).map(at -> Instant.parse(at.s())))));
        return leases;
    }

    @Override
    public Uni<Boolean> take(String share, Instant now, Instant until, Instant notDoneSince) {
        return update(
                share,
                "SET holder = :me, takenUntil = :until",
                "(attribute_not_exists(takenUntil) OR takenUntil <= :now OR holder = :me)"
                        + " AND (attribute_not_exists(doneAt) OR doneAt <= :since)",
                Map.of(":until", time(until), ":now", time(now), ":since", time(notDoneSince)));
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        return update(share, "SET takenUntil = :until", "holder = :me", Map.of(":until", time(until)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> done(String share, Instant begun) {
        return update(
                        share,
                        "SET " + DONE_AT + " = :at REMOVE " + HOLDER + ", " + TAKEN_UNTIL,
                        "holder = :me",
                        Map.of(":at", time(begun)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> leave(String share) {
        return update(share, "REMOVE " + HOLDER + ", " + TAKEN_UNTIL, "holder = :me", Map.of())
                .replaceWithVoid();
    }

    private Uni<Boolean> update(
            String share, String expression, String condition, Map<String, AttributeValue> arguments) {
        Map<String, AttributeValue> all = new HashMap<>(arguments);
        all.put(":me", string(holder));
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key(share))
                .updateExpression(expression)
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
        return string(Times.sortable(time));
    }

    private static Map<String, AttributeValue> key(String share) {
        return Map.of(Attributes.PK, string(KEY + share), Attributes.SK, string(SORT_KEY));
    }
}
