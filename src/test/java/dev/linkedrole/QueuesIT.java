package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.HoldingProxy;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.IamReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Special queues: FIFO queues, and one whose messages cannot be handled at all. */
@OnEachAws
@Tag("aws")
class QueuesIT {

    /** Short polling, since a long poll at moto does not see a message group that becomes free during the poll. */
    private static final Map<String, String> SHORT_POLLS = Map.of("LINKED_ROLE_INTAKE_LONG_POLL", "1s");

    private final Instance instance = Instance.random();

    @Test
    void fifo_queues_carry_events_and_rejections_in_groups_by_instance() {
        // Given
        Deployment deployment = Deployment.provisionFifo();
        try (ServiceProcess service = ServiceProcess.start(deployment, SHORT_POLLS);
                Fleet fleet = new Fleet(deployment, 4, new Random(4))) {
            Producer producer = fleet.producer();

            // When
            fleet.sendEverything();
            producer.send("not JSON", Inbox.INSTANCE_CREATED, instance.id().value());
            RoleEvent created = instance.created(0);
            producer.send(created);

            // Then
            Message rejected = producer.awaitDeadLetter(Inbox.INSTANCE_CREATED, "not JSON");
            assertThat(rejected.messageAttributes()).containsKey("rejection-reason");
            assertThat(rejected.attributes())
                    .containsEntry(
                            MessageSystemAttributeName.MESSAGE_GROUP_ID,
                            instance.id().value());
            producer.awaitQuiet();
            fleet.assertEveryRoleIsAsItsEventsSay();

            // And a rejected message holds up none behind it in its group
            assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(instance.roleName()))
                    .isTrue();
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void a_message_that_always_fails_is_dead_lettered_unchanged() {
        // Given a service that IAM never answers with anything but an error
        Deployment deployment = Deployment.provisionByScript("MaxReceiveCount=2", "VisibilityTimeout=10");
        try (HoldingProxy aws = HoldingProxy.start();
                ServiceProcess service = ServiceProcess.start(deployment, withoutIam(aws));
                Fleet fleet = new Fleet(deployment, 0, new Random(0))) {

            // When
            String body = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).toString();
            fleet.producer().send(body, Inbox.INSTANCE_CREATED, "any");

            // Then it was tried as often as its queue says, and not rejected
            Message given = fleet.producer().awaitDeadLetter(Inbox.INSTANCE_CREATED, body);
            assertThat(given.messageAttributes()).isEmpty();
            assertThat(service.log()).contains("Returned to the queue");
        }
    }

    private static Map<String, String> withoutIam(HoldingProxy aws) {
        aws.reject("iam");
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        return environment;
    }
}
