package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.HoldingProxy;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.Mailbox;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Shutdown of the packaged service: the state of its queues and its log afterwards. */
@Tag("aws")
@Execution(ExecutionMode.CONCURRENT)
class StoppingIT {

    /** Visibility timeout longer than any of these tests: hidden messages stay hidden. */
    private static final String LONG_HIDDEN = "VisibilityTimeout=600";

    private static final String STOPPING = "Stopping: ";
    private static final String BY_HAND = "by-hand";
    private static final Duration LONG_POLL = Duration.ofSeconds(5);
    private static final int STOPS = 2;

    @Test
    void what_comes_while_it_stops_is_hidden_from_nobody() throws Exception {
        // Given an idle service behind a gateway, which serves calls whose client has gone
        Deployment deployment = Deployment.provision(LONG_HIDDEN);
        try (HoldingProxy aws = HoldingProxy.start();
                ServiceProcess service = ServiceProcess.start(deployment, aws.environment());
                Fleet fleet = new Fleet(deployment, 1, new Random(14))) {
            service.awaitReady();
            Mailbox queue = fleet.producer().queue(Inbox.FEATURE_ENABLED);

            // When messages come while it stops
            CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(service::terminate);
            await("a word of the stop")
                    .atMost(TestTimeout.LONGEST)
                    .until(() -> service.log().contains(STOPPING));
            // After this time a receive would be aborted, and be served all the same.
            await("a second").pollDelay(Duration.ofSeconds(1)).until(() -> true);
            do {
                queue.sendAll(List.of("{}"));
            } while (!stop.isDone());
            assertThat(stop.join()).isZero();
            queue.sendAll(List.of("{}"));

            // Then each of them can be received now, and none is taken by a receive whose client has gone
            await("receives whose client has gone")
                    .during(LONG_POLL.plusSeconds(1))
                    .atMost(LONG_POLL.plusSeconds(10))
                    .until(() -> queue.hidden() == 0);
            assertThat(queue.drain()).isNotEmpty();
        }
    }

    @Test
    void an_idle_service_stops_within_a_long_poll_and_hides_no_message() {
        // Given
        Deployment deployment = Deployment.provision(LONG_HIDDEN);
        try (HoldingProxy aws = HoldingProxy.start();
                ServiceProcess service = ServiceProcess.start(deployment, aws.environment());
                Fleet fleet = new Fleet(deployment, 1, new Random(14))) {
            service.awaitReady();

            // When
            long begun = System.nanoTime();
            assertThat(service.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG_POLL.plusSeconds(8));

            // Then
            Mailbox queue = fleet.producer().queue(Inbox.INSTANCE_CREATED);
            queue.sendAll(List.of("{}"));
            assertThat(queue.drain()).hasSize(1);
        }
    }

    @Test
    void a_stop_in_the_middle_of_a_look_over_all_roles_is_quiet() throws Exception {
        stopsInTheMiddleOf(body -> body.contains("Action=GetAccountAuthorizationDetails"));
    }

    @Test
    void a_stop_in_the_middle_of_a_role_of_the_resync_is_quiet() throws Exception {
        // A role that is not recorded as in force is read by itself.
        stopsInTheMiddleOf(body -> body.contains("Action=GetRole&") || body.contains("Action=ListRolePolicies"));
    }

    @Test
    void a_stop_in_the_middle_of_reading_the_ledger_is_quiet() throws Exception {
        stopsInTheMiddleOf(body -> body.contains("\"IndexName\":\"pending\""));
    }

    private void stopsInTheMiddleOf(Predicate<String> call) throws Exception {
        Deployment deployment = Deployment.provision("VisibilityTimeout=15");
        try (HoldingProxy aws = HoldingProxy.start();
                Fleet fleet = new Fleet(deployment, 6, new Random(19))) {
            Map<String, String> environment = new HashMap<>(aws.environment());
            environment.put("LINKED_ROLE_RESYNC_EVERY", "10s");
            environment.put("LINKED_ROLE_INTAKE_LONG_POLL", "1s");
            // A call that waits must not fail by its timeout.
            environment.put("LINKED_ROLE_IAM_ATTEMPT_TIMEOUT", "60s");
            environment.put("LINKED_ROLE_IAM_TIMEOUT", "60s");
            environment.put("QUARKUS_DYNAMODB_API_CALL_ATTEMPT_TIMEOUT", "60S");
            environment.put("QUARKUS_DYNAMODB_API_CALL_TIMEOUT", "60S");
            fleet.sendEverything();
            for (int i = 0; i < STOPS; i++) {
                try (ServiceProcess service = ServiceProcess.start(deployment, environment)) {
                    // Given a resync that waits for an answer
                    service.awaitReady();
                    fleet.producer().awaitQuiet();
                    aws.hold(call);
                    damageRole(fleet);
                    await("a call of the resync").atMost(TestTimeout.LONGEST).until(() -> aws.held() > 0);

                    // When the service is told to stop, and the answer comes seconds later
                    CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(service::terminate);
                    try {
                        stop.get(4, TimeUnit.SECONDS);
                    } catch (TimeoutException stillWaiting) {
                        aws.release();
                    }

                    // Then
                    assertThat(stop.get(TestTimeout.LONGEST.toSeconds(), TimeUnit.SECONDS))
                            .isZero();
                    aws.release();
                    assertThat(afterStop(service.log())).doesNotContain(" WARN ", " ERROR ", "Exception");
                }
            }
        }
    }

    /** Edits a role by hand, so that the resync has work. */
    private static void damageRole(Fleet fleet) {
        RoleRecord live = fleet.records().stream()
                .filter(record -> !record.role().deleted())
                .findFirst()
                .orElseThrow();
        ManualRoleEdit.of(new RoleName(live.roleName().orElseThrow())).putPolicy(BY_HAND, "s3:GetObject");
    }

    /**
     * Returns the log after the stop, except the WARN about the repair of the test's own edit, which may come at any
     * time.
     */
    private static String afterStop(String log) {
        int stop = log.indexOf(STOPPING);
        assertThat(stop).as("a word of the stop in\n" + log).isNotNegative();
        return log.substring(stop)
                .lines()
                .filter(line -> !line.contains("components=[inline:" + BY_HAND + "] Drift: "))
                .collect(Collectors.joining("\n"));
    }
}
