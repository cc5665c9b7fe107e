package dev.linkedrole.ledger;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.item.ItemSize;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.CallCounts;
import dev.linkedrole.testing.aws.LocalAws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Disabled grants make a role's record no larger, and an event no more expensive. */
@Tag("aws")
class RecordGrowthTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme-";
    private static final CallCounts CALLS = new CallCounts();
    private static final DynamoDbAsyncClient DYNAMO_DB = client();
    private static final String TABLE = SharedTable.SHARED.table();

    private final Ledger ledger = new DynamoDbLedger(DYNAMO_DB, TABLE, Optional.empty(), Retry.inRealTime());
    private final Instance instance = Instance.random();

    private static DynamoDbAsyncClient client() {
        LocalAws.require();
        return DynamoDbAsyncClient.builder()
                .overrideConfiguration(override -> override.addExecutionInterceptor(CALLS))
                .build();
    }

    @Test
    void many_resources_that_were_never_enabled_cost_what_they_name() {
        // Given
        take(instance.created(0));
        int before = roleSize();

        // When
        List<Integer> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CALLS.take();
            take(instance.disabled(5, "agent-events", streams(150 * i, 150 * (i + 1))));
            requests.add(CALLS.take().size());
        }

        // Then
        assertThat(roleSize()).isLessThan(before + 200);
        assertThat(requests.getLast()).isLessThan(12).isLessThanOrEqualTo(requests.get(1));
        RoleEvent late = instance.enabled(4, "agent-events", streams(0, 150));
        assertThat(decide(late).effect()).isEqualTo(Decision.Effect.SUPERSEDED);
    }

    @Test
    void resources_that_come_and_go_leave_the_record_as_it_was() {
        // Given
        take(instance.created(0));
        int before = roleSize();

        // When
        List<List<String>> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String[] some = streams(20 * i, 20 * (i + 1));
            CALLS.take();
            take(instance.enabled(2 * i + 1, "agent-events", some));
            take(instance.disabled(2 * i + 2, "agent-events", some));
            requests.add(CALLS.take());
        }

        // Then
        assertThat(roleSize()).isLessThan(before + 50);
        assertThat(requests)
                .containsOnly(
                        List.of("TransactGetItems", "TransactWriteItems", "TransactGetItems", "TransactWriteItems"));
    }

    @Test
    void a_record_from_before_is_read_and_what_it_disables_moves_out() {
        // Given
        RoleEvent enabled = instance.enabled(1, "agent-events", streams(0, 3));
        RoleEvent disabled = instance.disabled(5, "agent-events", streams(2, 150));
        take(instance.created(0));
        writeAsBefore(instance.after(List.of(instance.created(0), enabled, disabled)));
        assertThat(load(Set.of()).role().enabled()).containsExactly(grant(0), grant(1));

        // When an event that names none of them is recorded, and then one that does
        take(instance.created(7));
        RoleEvent late = instance.enabled(4, "agent-events", streams(149, 150));
        assertThat(decide(late).effect()).isEqualTo(Decision.Effect.SUPERSEDED);

        // Then
        assertThat(roleItem()).doesNotContainKey("marks").containsKey("enabled");
        assertThat(load(Set.of()).role().enabled()).containsExactly(grant(0), grant(1));
        assertThat(load(LinkedRole.named(disabled)).role().disabled()).hasSize(148);
    }

    @Test
    void what_a_process_of_before_enables_beside_one_of_now_is_kept() {
        // Given a record from before, which one of now has written
        take(instance.created(0));
        writeAsBefore(instance.after(List.of(instance.created(0))));
        take(instance.created(7));
        assertThat(roleItem()).containsKeys("marks", "enabled");

        // When one of before, which knows nothing of other attributes, enables and disables
        List<RoleEvent> events = List.of(
                instance.created(7),
                instance.enabled(8, "agent-events", streams(0, 3)),
                instance.disabled(9, "agent-events", streams(2, 3)));
        setMarks(instance.after(events));

        // Then
        assertThat(load(Set.of()).role().enabled()).containsExactly(grant(0), grant(1));
        take(instance.disabled(10, "agent-events", streams(1, 2)));
        assertThat(load(Set.of()).role().enabled()).containsExactly(grant(0));
        assertThat(roleItem()).doesNotContainKey("marks");
    }

    @Test
    void what_would_be_too_large_for_an_item_is_rejected_before_it_is_written() {
        // Given
        take(instance.created(0));
        RoleEvent huge = instance.enabled(1, "agent-events", streams(0, 3_000));

        // Then
        Decision decision = decide(huge);
        assertThat(await(ledger.record(load(Set.of()), huge, decision, Instant.now())))
                .isInstanceOf(RecordResult.TooLarge.class);
        assertThat(load(Set.of()).revision()).isOne();
    }

    @Test
    void what_dynamodb_rejects_as_too_large_is_not_tried_again() {
        // Given an item of the history that is too large, which the bounds on an event do not let be
        RoleEvent huge = instance.enabled(1, "agent-events", "x".repeat(500_000));
        Decision decision = new Decision(
                instance.after(List.of(instance.created(0))),
                Decision.Effect.CHANGED,
                LinkedRole.named(huge),
                LinkedRole.named(instance.created(0)));

        // Then
        CALLS.take();
        assertThat(await(ledger.record(RoleRecord.blank(instance.arn()), huge, decision, Instant.now())))
                .isInstanceOf(RecordResult.TooLarge.class);
        assertThat(CALLS.take()).hasSize(1);
    }

    private void take(RoleEvent event) {
        RoleRecord before = await(ledger.load(instance.id(), LinkedRole.named(event)))
                .orElseGet(() -> RoleRecord.blank(instance.arn()));
        assertThat(await(ledger.record(before, event, Decision.of(before.role(), event), Instant.now())))
                .isEqualTo(RecordResult.RECORDED);
    }

    private Decision decide(RoleEvent event) {
        return Decision.of(load(LinkedRole.named(event)).role(), event);
    }

    private RoleRecord load(Set<Grant> grants) {
        return await(ledger.load(instance.id(), grants)).orElseThrow();
    }

    private int roleSize() {
        return ItemSize.of(roleItem());
    }

    private Map<String, AttributeValue> roleItem() {
        return AwsTestClients.DYNAMO_DB
                .getItem(request -> request.tableName(TABLE).key(RoleItem.key(instance.id())))
                .join()
                .item();
    }

    /** Writes the role's item in the format with all grant writes. */
    private void writeAsBefore(LinkedRole role) {
        Map<String, AttributeValue> item = new HashMap<>(roleItem());
        item.remove("enabled");
        put(item, role);
    }

    private void setMarks(LinkedRole role) {
        put(new HashMap<>(roleItem()), role);
    }

    private static void put(Map<String, AttributeValue> item, LinkedRole role) {
        Map<String, AttributeValue> grantWrites = new HashMap<>();
        role.grantWrites().forEach((grant, mark) -> grantWrites.put(grant.toString(), asBefore(mark)));
        item.put("marks", AttributeValue.fromM(grantWrites));
        AwsTestClients.DYNAMO_DB
                .putItem(request -> request.tableName(TABLE).item(item))
                .join();
    }

    private static AttributeValue asBefore(GrantWrite mark) {
        return AttributeValue.fromM(Map.of(
                "time", AttributeValue.fromS(mark.time().toString()),
                "enabled", AttributeValue.fromBool(mark.enabled())));
    }

    private static Grant grant(int number) {
        return Grant.of("agent-events", STREAM + number);
    }

    private static String[] streams(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> STREAM + i).toArray(String[]::new);
    }
}
