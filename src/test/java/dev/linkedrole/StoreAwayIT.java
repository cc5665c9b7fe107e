package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.HoldingProxy;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged service while its table cannot be used. */
@Tag("aws")
@Execution(ExecutionMode.CONCURRENT)
class StoreAwayIT {

    /** Receives after which the queue moves a message to the dead-letter queue. */
    private static final int MAX_RECEIVES = 4;

    private static final Duration AWAY = Duration.ofSeconds(25);

    @Test
    void while_the_table_is_away_no_message_is_worn_out_and_readiness_says_why() {
        // Given
        Deployment deployment = Deployment.provision("MaxReceiveCount=" + MAX_RECEIVES, "VisibilityTimeout=10");
        try (HoldingProxy aws = HoldingProxy.start();
                ServiceProcess service = ServiceProcess.start(deployment, environment(aws));
                Fleet fleet = new Fleet(deployment, 12, new Random(16))) {
            service.awaitReady();
            aws.reject("dynamodb");

            // When events come while DynamoDB answers nobody
            fleet.sendEverything();
            await("a word on why nothing is received")
                    .atMost(TestTimeout.LONGEST)
                    .until(service::readiness, said -> said.contains("The ledger cannot be used"));

            // Then they stay where they are, for longer than it would take to wear them out
            await("the time away")
                    .during(AWAY)
                    .atMost(AWAY.plusSeconds(10))
                    .until(() -> fleet.producer().noDeadLetters());
            assertThat(service.log()).contains("nothing is received until it can");

            // And they are handled once it is back
            aws.admit("dynamodb");
            service.awaitReady();
            fleet.producer().awaitQuiet();
            fleet.assertEveryRoleIsAsItsEventsSay();
            assertThat(service.log()).contains("can be used again").doesNotContain("\tat ");
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void while_there_is_no_table_messages_wait_for_it() {
        // Given a service whose table is not there yet
        Deployment deployment = Deployment.provision("MaxReceiveCount=2", "VisibilityTimeout=10");
        Map<String, String> missing =
                Map.of("LINKED_ROLE_TABLE", deployment.name() + "-none", "LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        try (ServiceProcess service = ServiceProcess.start(deployment, missing);
                Fleet fleet = new Fleet(deployment, 1, new Random(16))) {
            String body = Envelopes.CLOUD_EVENT.wrap(fleet.events().getFirst()).toString();
            fleet.producer().send(body, Inbox.INSTANCE_CREATED, "any");

            // Then
            await("a word on what is missing")
                    .atMost(TestTimeout.LONGEST)
                    .until(service::log, log -> log.contains("The ledger cannot be used"));
            await("the time away")
                    .during(AWAY)
                    .atMost(AWAY.plusSeconds(10))
                    .until(() -> fleet.producer().noDeadLetters());
            assertThat(fleet.producer().idle()).isFalse();
        }
    }

    private static Map<String, String> environment(HoldingProxy aws) {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        environment.put("LINKED_ROLE_INTAKE_LONGEST_BACKOFF", "2s");
        environment.put("LINKED_ROLE_INTAKE_LONG_POLL", "1s");
        return environment;
    }
}
