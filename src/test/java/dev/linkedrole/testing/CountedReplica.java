package dev.linkedrole.testing;

import dev.linkedrole.iam.AwsRoleGateway;
import dev.linkedrole.ledger.DynamoDbLedger;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** A replica of which every call is known. */
public final class CountedReplica implements AutoCloseable {

    private final CallCounts iamCalls = new CallCounts();
    private final CallCounts ledgerCalls = new CallCounts();
    private final IamAsyncClient iam;
    private final DynamoDbAsyncClient dynamoDb;
    private final Replica replica;

    public CountedReplica(Deployment deployment) {
        LocalAws.require();
        this.iam = IamAsyncClient.builder()
                .overrideConfiguration(override -> override.addExecutionInterceptor(iamCalls))
                .build();
        this.dynamoDb = DynamoDbAsyncClient.builder()
                .overrideConfiguration(override -> override.addExecutionInterceptor(ledgerCalls))
                .build();
        this.replica = new Replica(new DynamoDbLedger(dynamoDb, deployment.table()), new AwsRoleGateway(iam));
    }

    public Replica replica() {
        return replica;
    }

    public CallCounts iamCalls() {
        return iamCalls;
    }

    public CallCounts ledgerCalls() {
        return ledgerCalls;
    }

    /** Forgets the calls made so far. */
    public void forget() {
        List<CallCounts> both = List.of(iamCalls, ledgerCalls);
        both.forEach(CallCounts::take);
    }

    @Override
    public void close() {
        iam.close();
        dynamoDb.close();
    }
}
