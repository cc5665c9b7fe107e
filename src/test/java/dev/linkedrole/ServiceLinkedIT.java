package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.ServiceLinkedRole;
import dev.linkedrole.testing.time.TestTimeout;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The packaged service in the mode service-linked. */
@Tag("aws")
class ServiceLinkedIT {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final Instance instance = Instance.random();
    private final ServiceLinkedRole role = new ServiceLinkedRole(instance);

    @Test
    void a_role_lives_its_life_under_the_name_that_iam_gave_it() {
        // Given
        Deployment deployment = Deployment.provision();
        Ledger ledger =
                new DynamoDbLedger(AwsTestClients.DYNAMO_DB, deployment.table(), Optional.empty(), Retry.inRealTime());
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of("LINKED_ROLE_MODE", "service-linked"));
                SqsClient sqs = SqsClient.create()) {
            Producer producer = new Producer(sqs, deployment);

            // When
            producer.send(instance.created(0), instance.enabled(1, "agent-events", STREAM));

            // Then
            await("the role")
                    .atMost(TestTimeout.LONGEST)
                    .untilAsserted(() -> assertThat(role.find())
                            .hasValueSatisfying(
                                    found -> assertThat(found.inlinePolicies().values())
                                            .anyMatch(json -> json.contains(STREAM))));
            producer.awaitQuiet();
            assertThat(role.record(ledger).roleArn()).isEqualTo(role.arn());
            assertThat(role.record(ledger).settled()).isTrue();

            // And when the instance is deleted
            producer.send(instance.deleted(9));
            await("no role").atMost(TestTimeout.LONGEST).until(() -> role.arn().isEmpty());
            producer.awaitQuiet();
            assertThat(role.record(ledger).settled()).isTrue();
            assertThat(producer.noDeadLetters()).isTrue();
            assertThat(service.terminate()).isZero();
        }
    }
}
