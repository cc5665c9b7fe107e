package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.FaultyAws;
import dev.linkedrole.testing.aws.FaultyAws.AskedSession;
import dev.linkedrole.testing.aws.FaultyAws.Fault;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The packaged service with instances in several accounts, one of which does not work. */
// It compares latencies.
@Isolated
@Tag("aws")
class AccountsIT {

    private static final String PATTERN = "arn:{partition}:iam::{account}:role/linked-role-controller";

    /** Number of messages of each account in a phase. */
    private static final int MESSAGES = 40;

    private static final long EVERY_MILLIS = 100;

    /** Latencies below this vary mainly with the machine. */
    private static final Duration QUICK = Duration.ofMillis(500);

    private final String well = account();
    private final String ill = account();

    private final Deployment deployment = Deployment.provision();
    private final DynamoDbLedger ledger =
            new DynamoDbLedger(AwsTestClients.DYNAMO_DB, deployment.table(), Optional.empty(), Retry.inRealTime());
    private final SqsClient sqs = SqsClient.create();
    private final Producer producer = new Producer(sqs, deployment);
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final FaultyAws aws = FaultyAws.start();

    @AfterEach
    void close() {
        pace.shutdownNow();
        aws.close();
        sqs.close();
    }

    /**
     * Without the isolation of accounts, the median latency of the working account rises from a third of a second to 40
     * seconds.
     */
    @ParameterizedTest
    @EnumSource(names = {"SILENT", "THROTTLED"})
    void an_account_that_fails_does_not_slow_another_one_down(Fault fault, TestReporter reporter) throws Exception {
        try (ServiceProcess service = start(Map.of())) {
            service.awaitReady();
            traffic(MESSAGES / 3);
            producer.awaitQuiet();

            // Given both accounts work
            List<Duration> before = latencies(traffic(MESSAGES));
            producer.awaitQuiet();

            // When one of them fails
            aws.set(ill, fault);
            List<Duration> beside = latencies(traffic(MESSAGES));

            // Then the other one is as quick as it was
            for (int percent : List.of(50, 90)) {
                reporter.publishEntry(
                        percent + " % in", percentile(before, percent) + ", " + percentile(beside, percent));
                Duration usual = percentile(before, percent);
                assertThat(percentile(beside, percent))
                        .isLessThan((usual.compareTo(QUICK) > 0 ? usual : QUICK).multipliedBy(3));
            }

            // And once it works again, all that was sent in the meantime is done
            aws.mend(ill);
            producer.awaitQuiet();
            assertThat(producer.noDeadLetters()).isTrue();
            assertThat(TestTimeout.await(ledger.pending())).isEmpty();
        }
    }

    @Test
    void an_account_that_lets_nobody_in_is_a_condition_until_it_does() {
        // Given an account with a role of its own beside those of the pattern
        String special = "arn:aws:iam::" + well + ":role/ops/special";
        Map<String, String> environment = Map.of(
                "LINKED_ROLE_ACCOUNTS_DEFAULT_EXTERNAL_ID",
                "acme",
                "LINKED_ROLE_ACCOUNTS__" + well + "__ROLE",
                special,
                "LINKED_ROLE_RESYNC_EVERY",
                "2s");
        Instance here = Instance.randomIn(well);
        Instance there = Instance.randomIn(ill);
        aws.set(ill, Fault.DENIED);
        try (ServiceProcess service = start(environment)) {
            service.awaitReady();

            // When
            producer.sendAndAwait(there.created(0), here.created(0));

            // Then its message is done with, and what it asked for is kept
            assertThat(record(there).settled()).isFalse();
            assertThat(record(there).conditions()).singleElement().satisfies(condition -> {
                assertThat(condition.type()).isEqualTo(Condition.Type.AccountNotReachable);
                assertThat(condition.detail()).contains("AssumeRole", ill, "AccessDenied");
            });
            assertThat(producer.noDeadLetters()).isTrue();
            assertThat(record(here).settled()).isTrue();

            // And each session is named after its instance
            assertThat(aws.sessions())
                    .contains(new AskedSession(special, "linked-role-" + here.id(), ""))
                    .contains(new AskedSession(
                            "arn:aws:iam::" + ill + ":role/linked-role-controller",
                            "linked-role-" + there.id(),
                            "acme"));

            // And once it lets the service in, the role is made
            aws.mend(ill);
            await("the role")
                    .atMost(TestTimeout.LONGEST)
                    .until(() -> record(there).settled());
            assertThat(record(there).conditions()).isEmpty();
            assertThat(record(there).roleArn())
                    .hasValueSatisfying(arn -> assertThat(arn).contains(ill));
        }
    }

    private ServiceProcess start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE", PATTERN);
        environment.put("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        environment.put("LINKED_ROLE_INTAKE_LONGEST_BACKOFF", "4s");
        environment.putAll(more);
        return ServiceProcess.start(deployment, environment);
    }

    /**
     * Sends events of new instances in both accounts, alternately; returns when each of the working account's was sent.
     */
    private Map<Instance, Instant> traffic(int messages) throws Exception {
        Map<Instance, Instant> sent = new LinkedHashMap<>();
        for (int i = 0; i < messages; i++) {
            Instance instance = Instance.randomIn(well);
            pace.schedule(
                            () -> {
                                producer.send(Instance.randomIn(ill).created(0));
                                sent.put(instance, Instant.now());
                                producer.send(instance.created(0));
                            },
                            EVERY_MILLIS,
                            TimeUnit.MILLISECONDS)
                    .get();
        }
        return sent;
    }

    /** Times until each instance had its permissions, shortest first. */
    private List<Duration> latencies(Map<Instance, Instant> sent) {
        Set<String> roles = sent.keySet().stream()
                .map(instance -> instance.roleName().value())
                .collect(Collectors.toSet());
        await("the roles of the account that works")
                .atMost(TestTimeout.LONGEST)
                .until(() -> granted().keySet().containsAll(roles));
        Map<String, Instant> granted = granted();
        return sent.entrySet().stream()
                .map(instance -> Duration.between(
                        instance.getValue(),
                        Objects.requireNonNull(
                                granted.get(instance.getKey().roleName().value()))))
                .sorted()
                .toList();
    }

    private Map<String, Instant> granted() {
        return aws.calls().stream()
                .filter(call -> call.action().equals("PutRolePolicy"))
                .collect(Collectors.toMap(FaultyAws.Call::role, FaultyAws.Call::at, (first, again) -> first));
    }

    private RoleRecord record(Instance instance) {
        return TestTimeout.await(ledger.load(instance.id())).orElseThrow();
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100);
    }

    /** Returns an account that no other test uses. */
    private static String account() {
        return String.valueOf(ThreadLocalRandom.current().nextLong(200_000_000_000L, 999_999_999_999L));
    }
}
