package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.DisabledItem;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Reads a role item together with the {@link DisabledItem items} of some grants. Grants that are still in a list get
 * items of their own first.
 *
 * <p>The role item must not be read later than the items: a caller that reads it at a revision, and records on
 * condition of that revision, has then seen all that was disabled up to it. A transaction reads both at one moment;
 * with too many items for that, the role item is read first.
 */
public final class DisabledGrantsReader {

    /**
     * Maximum number of items read by one transaction, which costs twice as much as reading them one after the other.
     * DynamoDB takes 100; moto takes 25.
     */
    public static final int AT_ONCE = 25;

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final Transactions transactions;
    private final RoleBatchReader batches;

    DisabledGrantsReader(DynamoDbAsyncClient dynamoDb, String table, Transactions transactions, Retry retry) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.transactions = transactions;
        this.batches = new RoleBatchReader(dynamoDb, table, retry);
    }

    /**
     * A role item with the known disabled grants.
     *
     * @param role the role item; empty if there is none
     */
    record Found(Map<String, AttributeValue> role, SortedMap<Grant, GrantWrite> disabled) {}

    /** Reads the role item and these grants; grants in lists are spread over items first. */
    Uni<Found> of(InstanceId instance, Set<Grant> grants) {
        return read(instance, List.copyOf(grants))
                .flatMap(found -> RoleItem.isSpread(found.role())
                        ? Uni.createFrom().item(found)
                        : spread(instance, found.role()).chain(() -> of(instance, grants)));
    }

    private Uni<Found> read(InstanceId instance, List<Grant> grants) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        keys.add(RoleItem.key(instance));
        grants.forEach(grant -> keys.add(DisabledItem.key(instance, grant)));
        if (keys.size() <= AT_ONCE) {
            return atOnce(keys).map(items -> found(items.getFirst(), items.subList(1, items.size())));
        }
        return item(keys.getFirst())
                .flatMap(role -> batches.ofKeys(Multi.createFrom().iterable(keys.subList(1, keys.size())))
                        .collect()
                        .asList()
                        .map(items -> found(role, items)));
    }

    private static Found found(Map<String, AttributeValue> role, Collection<Map<String, AttributeValue>> items) {
        SortedMap<Grant, GrantWrite> disabled = new TreeMap<>();
        items.stream().filter(item -> !item.isEmpty()).forEach(item -> DisabledItem.read(item, disabled));
        return new Found(role, disabled);
    }

    private Uni<List<Map<String, AttributeValue>>> atOnce(List<Map<String, AttributeValue>> keys) {
        List<TransactGetItem> gets = keys.stream()
                .map(key -> TransactGetItem.builder()
                        .get(Get.builder().tableName(table).key(key).build())
                        .build())
                .toList();
        return transactions
                .unlessInTheWay(() -> dynamoDb.transactGetItems(request -> request.transactItems(gets)))
                .map(TransactGetItemsResponse::responses)
                .map(responses -> responses.stream().map(ItemResponse::item).toList());
    }

    private Uni<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(
                        request -> request.tableName(table).key(key).consistentRead(true)))
                .map(response -> response.hasItem() ? response.item() : Map.of());
    }

    /**
     * Spreads the lists over items. May run concurrently, partially and repeatedly: each item takes the latest time,
     * from any writer.
     */
    private Uni<Void> spread(InstanceId instance, Map<String, AttributeValue> role) {
        List<Uni<SortedMap<Grant, GrantWrite>>> lists = Stream.concat(
                        Stream.of(Uni.createFrom().item(RoleItem.olderDisabled(role))),
                        RoleItem.unspread(role).stream()
                                .map(name -> item(DisabledItem.listKey(instance, name))
                                        .map(DisabledItem::readList)))
                .toList();
        return Multi.createFrom()
                .iterable(lists)
                .onItem()
                .transformToUniAndConcatenate(list -> list)
                .onItem()
                .transformToMultiAndConcatenate(disabled -> Multi.createFrom().iterable(disabled.entrySet()))
                .map(entry -> DisabledItem.raise(table, instance, entry.getKey(), entry.getValue()))
                .group()
                .intoLists()
                .of(Transactions.MAX_ITEMS)
                .onItem()
                .transformToUniAndConcatenate(this::raise)
                .collect()
                .last()
                .chain(() -> isSpread(instance, role));
    }

    /** Writes the items, except those that have a later write. */
    private Uni<Void> raise(List<TransactWriteItem> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transactions.write(items).onFailure(Transactions::checkFailed).recoverWithUni(failure -> {
            TransactionCanceledException cancelled = (TransactionCanceledException) failure;
            List<TransactWriteItem> rest = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (!Transactions.CHECK_FAILED.equals(
                        cancelled.cancellationReasons().get(i).code())) {
                    rest.add(items.get(i));
                }
            }
            return raise(rest);
        });
    }

    private Uni<Void> isSpread(InstanceId instance, Map<String, AttributeValue> role) {
        List<String> names = RoleItem.unspread(role);
        Map<String, AttributeValue> arguments = new HashMap<>();
        arguments.put(":enabled", RoleItem.enabled(RoleItem.read(role).role()));
        arguments.put(":revision", role.get(Attributes.REVISION));
        String delete = "";
        if (!names.isEmpty()) {
            arguments.put(":names", AttributeValue.fromSs(names));
            delete = " DELETE unspread :names";
        }
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET enabled = :enabled REMOVE marks" + delete)
                .conditionExpression("revision = :revision")
                .expressionAttributeValues(arguments)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request))
                .replaceWithVoid()
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithNull();
    }
}
