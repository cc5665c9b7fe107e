package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.LedgerTable;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table whose items were copied into a new one of the same name is recognized as restored. */
@Tag("aws")
class DynamoDbTableTest {

    private final DynamoDbAsyncClient dynamoDb = AwsTestClients.DYNAMO_DB;
    private final String name = "test-table-" + UUID.randomUUID();
    private final LedgerTable table = new DynamoDbTable(dynamoDb, name);

    @BeforeEach
    void make() {
        dynamoDb.createTable(r -> r.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attribute("pk"), attribute("sk"))
                        .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
                .join();
        dynamoDb.waiter().waitUntilTableExists(r -> r.tableName(name)).join();
    }

    @AfterEach
    void remove() {
        dynamoDb.deleteTable(r -> r.tableName(name)).join();
        dynamoDb.waiter().waitUntilTableNotExists(r -> r.tableName(name)).join();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Test
    void a_new_ledger_names_its_table_and_is_its_own_for_every_replica() {
        assertThat(checked()).isEqualTo(new LedgerOrigin.Own());
        assertThat(await(table.recorded()).map(LedgerOrigin.Recorded::table))
                .isEqualTo(await(table.identity()).map(found -> found.id()))
                .isPresent();
        assertThat(checked()).isEqualTo(new LedgerOrigin.Own());
    }

    @Test
    void old_items_in_a_new_table_of_the_same_name_are_restored_until_adopted() {
        // Given
        checked();
        putBack();

        // When
        LedgerWatch watch = new LedgerWatch(table);
        LedgerOrigin found = await(watch.check());

        // Then each start says so, and none adopts it
        assertThat(found).isInstanceOf(LedgerOrigin.Restored.class);
        assertThat(checked()).isEqualTo(found);

        // And one that was running hears the word given to another
        LedgerWatch other = new LedgerWatch(table);
        await(other.adopt(((LedgerOrigin.Restored) found).table()));
        assertThat(await(watch.check())).isEqualTo(new LedgerOrigin.Own());
    }

    @Test
    void a_running_replica_sees_that_the_table_is_replaced() {
        // Given
        LedgerWatch watch = new LedgerWatch(table);
        assertThat(await(watch.check())).isEqualTo(new LedgerOrigin.Own());

        // When it is gone, and when it is back
        List<Map<String, AttributeValue>> items = items();
        remove();
        assertThat(await(watch.check())).isEqualTo(new LedgerOrigin.Unknown());
        make();
        put(items);

        // Then
        assertThat(await(watch.check())).isInstanceOf(LedgerOrigin.Restored.class);
    }

    @Test
    void a_person_may_say_that_it_was_restored_in_place() {
        // Given
        checked();

        // When
        dynamoDb.updateItem(r -> r.tableName(name)
                        .key(Map.of("pk", AttributeValue.fromS("deployment"), "sk", AttributeValue.fromS("table")))
                        .updateExpression("SET tableId = :restored, restoredAt = :now")
                        .expressionAttributeValues(Map.of(
                                ":restored", AttributeValue.fromS("restored"),
                                ":now", AttributeValue.fromS("2099-11-30T12:00:00Z"))))
                .join();

        // Then
        assertThat(checked())
                .isInstanceOfSatisfying(
                        LedgerOrigin.Restored.class,
                        restored -> assertThat(restored.since()).isEqualTo("2099-11-30T12:00:00Z"));
    }

    private LedgerOrigin checked() {
        return await(new LedgerWatch(table).check());
    }

    private void putBack() {
        List<Map<String, AttributeValue>> items = items();
        remove();
        make();
        put(items);
    }

    private List<Map<String, AttributeValue>> items() {
        return dynamoDb.scan(r -> r.tableName(name)).join().items();
    }

    private void put(List<Map<String, AttributeValue>> items) {
        items.forEach(
                item -> dynamoDb.putItem(r -> r.tableName(name).item(item)).join());
    }
}
