package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Many roles that nobody waited for: the service makes one, and its item in the ledger and its role in IAM are copied, with the
 * other instances' ids in the place of its own. Histories are not copied; nothing that is measured reads them.
 */
final class Fleet {

    private static final int BATCH = 25;
    private static final int WRITES = 16;

    /** The service digests what it has put into IAM, of which only the tags name the instance; a copy has its own. */
    private static final String DIGESTS = "applied";

    private static final String OF_TAGS = "tags";

    private final DynamoDbAsyncClient dynamoDb;
    private final Aws aws;
    private final String table;

    Fleet(Aws aws, String table) {
        this.dynamoDb = aws.ledgers();
        this.aws = aws;
        this.table = table;
    }

    void copy(String model, List<String> instances) throws IOException, InterruptedException {
        Map<String, AttributeValue> item = dynamoDb.getItem(g -> g.tableName(table)
                        .key(Map.of("pk", AttributeValue.fromS(model), "sk", AttributeValue.fromS("role"))))
                .join()
                .item();
        if (!item.get(DIGESTS).m().get(OF_TAGS).equals(digestOfTags(item))) {
            throw new IllegalStateException(
                    "the ledger digests tags in another way now, so that copies would be wrong");
        }
        Semaphore permits = new Semaphore(WRITES);
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (int from = 0; from < instances.size(); from += BATCH) {
            List<WriteRequest> puts = instances.subList(from, Math.min(from + BATCH, instances.size())).stream()
                    .map(instance -> WriteRequest.builder()
                            .putRequest(p -> p.item(copy(item, model, instance)))
                            .build())
                    .toList();
            permits.acquire();
            writes.add(dynamoDb.batchWriteItem(b -> b.requestItems(Map.of(table, puts)))
                    .thenAccept(Fleet::complete)
                    .whenComplete((done, failure) -> permits.release()));
        }
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        aws.copyRole(model, instances);
    }

    private static void complete(BatchWriteItemResponse response) {
        if (response.hasUnprocessedItems() && !response.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("DynamoDB Local has left out some items");
        }
    }

    private static Map<String, AttributeValue> copy(Map<String, AttributeValue> item, String model, String instance) {
        Map<String, AttributeValue> copy = new HashMap<>();
        item.forEach((name, value) -> copy.put(name, copy(value, model, instance)));
        copy.computeIfPresent("shard", (name, shard) -> AttributeValue.fromS(instance.substring(0, 1)));
        Map<String, AttributeValue> digests = new HashMap<>(copy.get(DIGESTS).m());
        digests.put(OF_TAGS, digestOfTags(copy));
        copy.put(DIGESTS, AttributeValue.fromM(digests));
        return copy;
    }

    private static AttributeValue digestOfTags(Map<String, AttributeValue> item) {
        Map<String, String> tags = new TreeMap<>(Map.of(
                "linked-role:managed-by",
                "linked-role-controller",
                "linked-role:instance",
                item.get("instanceArn").s()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(tags.toString().getBytes(StandardCharsets.UTF_8));
            return AttributeValue.fromS(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static AttributeValue copy(AttributeValue value, String model, String instance) {
        return switch (value.type()) {
            case S ->
                AttributeValue.fromS(
                        value.s().replace(model, instance).replace(model.replace("-", ""), instance.replace("-", "")));
            case M ->
                AttributeValue.fromM(value.m().entrySet().stream()
                        .collect(
                                Collectors.toMap(Map.Entry::getKey, entry -> copy(entry.getValue(), model, instance))));
            default -> value;
        };
    }
}
