package dev.linkedrole.bench.pipeline;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * What has to be asked if nothing is to be granted that was not recorded: read the state, record event and state in one
 * transaction, put the policy, record that it is there. Nothing else: no catalog, no checks, no retries, no second replica,
 * no outcome. {@code DYNAMODB-ENDPOINT IAM-ENDPOINT TABLE}.
 */
public final class NecessaryCalls implements Contender {

    /** As many as the service has in hand for a queue by default. */
    private static final int IN_HAND = 320;

    private final DynamoDbAsyncClient dynamoDb;
    private final IamAsyncClient iam;
    private final String table;
    private final Turns turns = new Turns();

    public NecessaryCalls(String argument) {
        String[] arguments = argument.split(" ");
        this.dynamoDb = Remote.dynamoDb(arguments[0]);
        this.iam = Remote.iam(arguments[1]);
        this.table = arguments[2];
    }

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        return new BoundedLoop(sqs, queueUrl, work, IN_HAND, this::handle).start();
    }

    private CompletableFuture<?> handle(Event event) {
        return turns.next(
                event.instance(),
                () -> dynamoDb.getItem(
                                g -> g.tableName(table).key(key(event, "role")).consistentRead(true))
                        .thenCompose(response -> record(event, response.item())));
    }

    private CompletableFuture<?> record(Event event, Map<String, AttributeValue> state) {
        long revision = state.containsKey("revision")
                ? Long.parseLong(state.get("revision").n())
                : 0;
        Map<String, AttributeValue> grantWrites =
                new HashMap<>(state.containsKey("marks") ? state.get("marks").m() : Map.of());
        if (!event.created()) {
            grantWrites.put(
                    event.feature() + " " + event.resource(),
                    AttributeValue.fromM(Map.of(
                            "time", AttributeValue.fromS(event.time()),
                            "enabled", AttributeValue.fromBool(event.type().equals("feature-enabled")))));
        }
        Map<String, AttributeValue> history = new HashMap<>(key(event, "event#" + event.id()));
        history.put("recordedAt", AttributeValue.fromS(Instant.now().toString()));
        history.put("type", AttributeValue.fromS(event.type()));
        history.put("time", AttributeValue.fromS(event.time()));
        history.put("resource", AttributeValue.fromS(event.resource()));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":instance", AttributeValue.fromS(event.instanceArn()));
        values.put(":marks", AttributeValue.fromM(grantWrites));
        values.put(":revision", number(revision + 1));
        values.put(":shard", AttributeValue.fromS(event.instance().substring(0, 1)));
        values.put(":now", AttributeValue.fromS(Instant.now().toString()));
        String condition = "attribute_not_exists(pk)";
        if (revision > 0) {
            condition = "revision = :before";
            values.put(":before", number(revision));
        }
        String onCondition = condition;
        return dynamoDb.transactWriteItems(t -> t.transactItems(
                        TransactWriteItem.builder()
                                .put(p -> p.tableName(table)
                                        .item(history)
                                        .conditionExpression("attribute_not_exists(pk)"))
                                .build(),
                        TransactWriteItem.builder()
                                .update(u -> u.tableName(table)
                                        .key(key(event, "role"))
                                        .updateExpression(
                                                "SET instance = :instance, marks = :marks, revision = :revision,"
                                                        + " #shard = :shard, pendingShard = :shard, pendingSince = :now")
                                        .expressionAttributeNames(Map.of("#shard", "shard"))
                                        .conditionExpression(onCondition)
                                        .expressionAttributeValues(values))
                                .build()))
                .thenCompose(recorded -> apply(event, grantWrites))
                .thenCompose(applied -> applied(event, revision + 1));
    }

    private CompletableFuture<?> apply(Event event, Map<String, AttributeValue> grantWrites) {
        TreeSet<String> buckets = new TreeSet<>();
        grantWrites.forEach((grant, mark) -> {
            if (mark.m().get("enabled").bool()) {
                buckets.add(grant.substring(grant.indexOf(' ') + 1));
            }
        });
        String role = "Loop_" + event.instance();
        CompletableFuture<?> there = event.created()
                ? iam.createRole(c -> c.roleName(role).assumeRolePolicyDocument(Policy.TRUST))
                : CompletableFuture.completedFuture(null);
        return there.thenCompose(done ->
                iam.putRolePolicy(p -> p.roleName(role).policyName(Policy.NAME).policyDocument(Policy.of(buckets))));
    }

    private CompletableFuture<?> applied(Event event, long revision) {
        Map<String, AttributeValue> history = new HashMap<>(key(event, "applied#" + revision));
        history.put("recordedAt", AttributeValue.fromS(Instant.now().toString()));
        history.put("steps", AttributeValue.fromL(List.of(AttributeValue.fromS("PutRolePolicy"))));
        return dynamoDb.transactWriteItems(t -> t.transactItems(
                TransactWriteItem.builder()
                        .update(u -> u.tableName(table)
                                .key(key(event, "role"))
                                .updateExpression("SET appliedRevision = :revision REMOVE pendingShard, pendingSince")
                                .conditionExpression("revision = :revision")
                                .expressionAttributeValues(Map.of(":revision", number(revision))))
                        .build(),
                TransactWriteItem.builder()
                        .put(p -> p.tableName(table).item(history))
                        .build()));
    }

    private static Map<String, AttributeValue> key(Event event, String sortKey) {
        return Map.of("pk", AttributeValue.fromS(event.instance()), "sk", AttributeValue.fromS(sortKey));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
