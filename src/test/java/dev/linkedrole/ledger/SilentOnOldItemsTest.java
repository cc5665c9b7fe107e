package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.LocalAws;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The contract test of ledgers, if DynamoDB does not return the item that made a write fail. */
@Tag("aws")
class SilentOnOldItemsTest extends LedgerContract {

    /** A client that lives as long as the process, like those of the other tests. */
    private static final DynamoDbAsyncClient DYNAMO_DB = client();

    @Override
    public Ledger ledger() {
        return new DynamoDbLedger(DYNAMO_DB, SharedTable.SHARED.table(), Optional.empty(), Retry.inRealTime());
    }

    private static DynamoDbAsyncClient client() {
        LocalAws.require();
        return DynamoDbAsyncClient.builder()
                .overrideConfiguration(override -> override.addExecutionInterceptor(new AsksForNothing()))
                .build();
    }

    private static final class AsksForNothing implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return switch (context.request()) {
                case PutItemRequest put ->
                    put.toBuilder()
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.NONE)
                            .build();
                case TransactWriteItemsRequest transaction ->
                    transaction.toBuilder()
                            .transactItems(transaction.transactItems().stream()
                                    .map(AsksForNothing::nothing)
                                    .toList())
                            .build();
                default -> context.request();
            };
        }

        private static TransactWriteItem nothing(TransactWriteItem item) {
            return item.put() == null
                    ? item
                    : item.toBuilder()
                            .put(item.put().toBuilder()
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.NONE)
                                    .build())
                            .build();
        }
    }
}
