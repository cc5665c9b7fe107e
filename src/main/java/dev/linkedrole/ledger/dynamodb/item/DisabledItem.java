package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Items with the time at which grants were last disabled, which keep the {@link RoleItem} small. Each disabled grant
 * has one, {@code disabled#HASH}, whose time only grows. Grants that one recording disables beyond the room in its
 * transaction are first in lists, {@code disabling#REVISION#PART}.
 */
public final class DisabledItem {

    private static final String ONE = "disabled#";
    private static final String LIST = "disabling#";
    private static final String GRANT = "grant";
    private static final String AT = "disabledAt";

    private DisabledItem() {}

    public static Map<String, AttributeValue> key(InstanceId instance, Grant grant) {
        return Map.of(
                Attributes.PK, string(instance.value()), Attributes.SK, string(ONE + Digest.hex(GrantKey.of(grant))));
    }

    public static Map<String, AttributeValue> listKey(InstanceId instance, String list) {
        return Map.of(Attributes.PK, string(instance.value()), Attributes.SK, string(list));
    }

    /** Returns the name of a list, which the role item has until each of its grants has an item. */
    public static String list(long revision, int part) {
        return LIST + "%012d#%02d".formatted(revision, part);
    }

    public static TransactWriteItem put(String table, InstanceId instance, Grant grant, GrantWrite grantWrite) {
        Map<String, AttributeValue> item = new HashMap<>(key(instance, grant));
        item.put(GRANT, string(GrantKey.of(grant)));
        item.put(AT, number(grantWrite.time()));
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(item).build())
                .build();
    }

    public static TransactWriteItem putList(
            String table, InstanceId instance, String name, SortedMap<Grant, GrantWrite> disabled) {
        Map<String, AttributeValue> times = new HashMap<>();
        disabled.forEach((grant, grantWrite) -> times.put(GrantKey.of(grant), number(grantWrite.time())));
        Map<String, AttributeValue> item = new HashMap<>(listKey(instance, name));
        item.put(Attributes.TAKEN, AttributeValue.fromM(times));
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(item).build())
                .build();
    }

    /** Returns a write of the item on condition that it has no later time. */
    public static TransactWriteItem raise(String table, InstanceId instance, Grant grant, GrantWrite grantWrite) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key(instance, grant))
                        .updateExpression("SET #grant = :grant, #at = :at")
                        .conditionExpression(Attributes.NOT_THERE_YET + " OR #at < :at")
                        .expressionAttributeNames(Map.of("#grant", GRANT, "#at", AT))
                        .expressionAttributeValues(
                                Map.of(":grant", string(GrantKey.of(grant)), ":at", number(grantWrite.time())))
                        .build())
                .build();
    }

    /** Adds the content of an item to the known disabled grants. */
    public static void read(Map<String, AttributeValue> item, SortedMap<Grant, GrantWrite> disabled) {
        disabled.put(GrantKey.read(Attributes.string(item, GRANT)), disabledAt(Attributes.required(item, AT)));
    }

    public static SortedMap<Grant, GrantWrite> readList(Map<String, AttributeValue> item) {
        SortedMap<Grant, GrantWrite> disabled = new TreeMap<>();
        Attributes.required(item, Attributes.TAKEN)
                .m()
                .forEach((key, at) -> disabled.put(GrantKey.read(key), disabledAt(at)));
        return disabled;
    }

    /** Returns the time as a number, since DynamoDB has to compare it. */
    private static AttributeValue number(Instant time) {
        return AttributeValue.fromN(BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .toPlainString());
    }

    private static GrantWrite disabledAt(AttributeValue at) {
        BigDecimal time = new BigDecimal(at.n());
        long second = time.setScale(0, RoundingMode.FLOOR).longValueExact();
        int nano = time.subtract(BigDecimal.valueOf(second)).movePointRight(9).intValueExact();
        return new GrantWrite(Instant.ofEpochSecond(second, nano), false);
    }
}
