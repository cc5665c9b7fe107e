package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The associations in the ledger's table, in no index: beside the role, {@code sk} = {@code association#ID}. */
public final class DynamoDbAssociations implements Associations {

    private static final String SORT_KEY = "association#";
    private static final String BEGUN = "begun";
    private static final String FEATURE = "feature";
    private static final String RESOURCES = "resources";
    private static final String BEGUN_AT = "begunAt";
    private static final String ENDED_AT = "endedAt";

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbAssociations(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<Association> join(InstanceId instance, String id, Association known) {
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> assignments = new ArrayList<>();
        known.begun().ifPresent(begun -> {
            assignments.add(BEGUN + " = if_not_exists(" + BEGUN + ", :begun)");
            values.put(":begun", written(begun));
        });
        known.endedAt().ifPresent(end -> {
            assignments.add(ENDED_AT + " = if_not_exists(" + ENDED_AT + ", :end)");
            values.put(":end", string(end.toString()));
        });
        // One request that writes and reads: of a beginning and an end that arrive at once, the later one sees both.
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request -> request.tableName(table)
                        .key(Map.of(
                                Attributes.PK, string(instance.value()),
                                Attributes.SK, string(SORT_KEY + id)))
                        .updateExpression("SET " + String.join(", ", assignments))
                        .expressionAttributeValues(values)
                        .returnValues(ReturnValue.ALL_NEW)))
                .map(response -> read(response.attributes())));
    }

    private static AttributeValue written(Association.Begun begun) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                FEATURE, string(begun.feature()),
                BEGUN_AT, string(begun.time().toString())));
        values.put(
                RESOURCES,
                AttributeValue.fromL(new TreeSet<>(begun.resources())
                        .stream().map(AttributeValue::fromS).toList()));
        return AttributeValue.fromM(values);
    }

    private static Association read(Map<String, AttributeValue> item) {
        return new Association(
                optional(item, BEGUN).map(begun -> begun(begun.m())),
                Optional.ofNullable(item.get(ENDED_AT)).map(end -> Instant.parse(end.s())));
    }

    private static Association.Begun begun(Map<String, AttributeValue> values) {
        Set<String> resources = new TreeSet<>();
        optional(values, RESOURCES).ifPresent(list -> list.l().forEach(resource -> resources.add(resource.s())));
        return new Association.Begun(string(values, FEATURE), resources, time(values, BEGUN_AT));
    }
}
