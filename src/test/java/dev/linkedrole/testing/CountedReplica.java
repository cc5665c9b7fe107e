package dev.linkedrole.testing;

import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbOutbox;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.aws.CallCounts;
import dev.linkedrole.testing.aws.LocalAws;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** A replica that records every call to AWS. */
public final class CountedReplica implements AutoCloseable {

    private final CallCounts iamCalls = new CallCounts();
    private final CallCounts ledgerCalls = new CallCounts();
    private final IamAsyncClient iam;
    private final DynamoDbAsyncClient dynamoDb;
    private final Replica replica;
    private final Outbox outbox;

    /**
     * Creates a replica that publishes no outcomes.
     *
     * @param interceptors additional interceptors of its IAM client
     */
    public CountedReplica(Deployment deployment, ExecutionInterceptor... interceptors) {
        this(deployment, Optional.empty(), interceptors);
    }

    /** Creates a replica that adds outcomes to the outbox and notifies the relay. */
    public CountedReplica(Deployment deployment, OutboxNotifier notifier) {
        this(deployment, Optional.of(notifier));
    }

    private CountedReplica(
            Deployment deployment, Optional<OutboxNotifier> notifier, ExecutionInterceptor... interceptors) {
        LocalAws.require();
        this.iam = IamAsyncClient.builder()
                .overrideConfiguration(override -> {
                    override.addExecutionInterceptor(iamCalls);
                    List.of(interceptors).forEach(override::addExecutionInterceptor);
                })
                .build();
        this.dynamoDb = DynamoDbAsyncClient.builder()
                .overrideConfiguration(override -> override.addExecutionInterceptor(ledgerCalls))
                .build();
        this.replica = new Replica(
                new DynamoDbLedger(dynamoDb, deployment.table(), notifier, Retry.inRealTime()),
                new AwsRoleGateway(iam, Retry.inRealTime()),
                new AwsAccountInventory(iam));
        this.outbox = new DynamoDbOutbox(dynamoDb, deployment.table(), notifier.orElseGet(OutboxNotifier::new));
    }

    public Outbox outbox() {
        return outbox;
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

    /** Clears the recorded calls. */
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
