package dev.linkedrole.testing.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Clients of the local AWS for tests without a service. There is one of each for all tests, and it lives as long as the
 * process.
 */
public final class AwsTestClients {

    static {
        LocalAws.require();
    }

    public static final DynamoDbAsyncClient DYNAMO_DB = DynamoDbAsyncClient.create();
    public static final IamAsyncClient IAM = IamAsyncClient.builder().build();
    public static final IamClient PLAIN_IAM = IamClient.builder().build();
    public static final SqsClient PLAIN_SQS = SqsClient.create();
    public static final StsClient PLAIN_STS = StsClient.create();

    private AwsTestClients() {}
}
