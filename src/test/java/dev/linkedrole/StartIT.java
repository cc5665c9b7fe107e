package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.time.TestTimeout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start of the packaged service with missing or wrong configuration. */
@Tag("aws")
class StartIT {

    private final Deployment deployment = Deployment.nowhere();

    @Test
    void without_queues_and_table_it_is_not_ready_until_they_exist() {
        // When
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of())) {
            await("an answer").atMost(TestTimeout.LONGEST).until(service::readiness, answer -> !answer.isEmpty());

            // Then
            assertThat(service.readiness()).startsWith("503 ").contains("\"queues\"", "\"ledger\"", "\"why\"");
            Operator.asks(service.api())
                    .get("/schemas/event.schema.json")
                    .then()
                    .statusCode(200);

            // And once they are there it begins
            deployment.make();
            service.awaitReady();
            try (Fleet fleet = new Fleet(deployment, 1, new Random(1))) {
                fleet.sendEverything();
                fleet.producer().awaitQuiet();
                fleet.assertEveryRoleIsAsItsEventsSay();
            }
        }
    }

    @Test
    void told_to_stop_while_it_starts_it_ends_as_if_it_had_started() {
        // Given one that says what it does from the beginning on
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of("QUARKUS_LOG_LEVEL", "DEBUG"))) {
            await("a first word").atMost(TestTimeout.LONGEST).until(service::log, log -> !log.isEmpty());

            // Then
            assertThat(service.terminate()).isZero();
            assertThat(service.log()).doesNotContain("could not start");
        }
    }

    @Test
    void a_misspelt_setting_is_a_warning_and_a_missing_target_not_ready() throws IOException {
        // Given one whose log is JSON
        deployment.make();
        String name = deployment.name() + "-outcomes";
        Map<String, String> environment = Map.of(
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                "LINKED_ROLE_RESYNC_EVRY", "1m",
                "LINKED_ROLE_OUTCOMES_RETRY_EVERY", "1s",
                "LINKED_ROLE_OUTCOMES_TARGET",
                        "arn:aws:sqs:us-east-1:"
                                + AwsTestClients.PLAIN_STS.getCallerIdentity().account() + ":" + name);

        // When
        try (ServiceProcess service = ServiceProcess.start(deployment, environment)) {
            await("it to be told")
                    .atMost(TestTimeout.LONGEST)
                    .until(service::readiness, answer -> answer.contains("does not exist"));

            // Then
            assertThat(service.readiness()).startsWith("503 ").contains("linked-role.outcomes.target does not exist");
            assertThat(service.log())
                    .contains("LINKED_ROLE_RESYNC_EVRY", "the nearest one is LINKED_ROLE_RESYNC_EVERY")
                    .doesNotContain("LINKED_ROLE_OUTCOMES_RETRY_EVERY");
            assertThat(firstLine(service.log()))
                    .containsEntry(
                            "account",
                            AwsTestClients.PLAIN_STS.getCallerIdentity().account())
                    .containsEntry("region", "us-east-1")
                    .containsEntry("mode", "customer-managed")
                    .containsEntry("catalog", "amazon-connect")
                    .containsEntry("table", deployment.table())
                    .containsEntry("owner", "linked-role-controller")
                    .hasEntrySatisfying("queues", queues -> assertThat(queues).contains(deployment.name()));

            // And once it is there
            AwsTestClients.PLAIN_SQS.createQueue(r -> r.queueName(name));
            service.awaitReady();
        }
    }

    /** Returns the fields of the line that says what is started, which is JSON as all lines are. */
    private static Map<String, String> firstLine(String log) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : log.lines().toList()) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.path("level").asText()).as(line).isNotEmpty();
            if (json.path("message").asText().equals("The controller starts")) {
                json.path("fields")
                        .properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
            }
        }
        return fields;
    }

    @Test
    void an_empty_region_ends_it_although_a_profile_has_one(@TempDir Path directory) throws IOException {
        // Given
        Path profiles = Files.writeString(directory.resolve("config"), "[default]\nregion = us-east-1\n");
        Map<String, String> environment = Map.of("AWS_REGION", "", "AWS_CONFIG_FILE", profiles.toString());

        // When
        try (ServiceProcess service = ServiceProcess.start(deployment, environment)) {
            int status = service.awaitEnd();

            // Then
            assertThat(status).isNotZero();
            assertThat(service.log()).contains("AWS_REGION is set but empty").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LINKED_ROLE_NAME_PREFIX               | has space                 | linked-role.name-prefix
            LINKED_ROLE_PATH                      | no-slash                  | linked-role.path
            LINKED_ROLE_PATH                      | /aws-service-role/connect.amazonaws.com/ | linked-role.mode=service-linked
            LINKED_ROLE_CATALOG                   | no-such-catalog           | no-such-catalog
            LINKED_ROLE_MODE                      | borrowed                  | linked-role.mode
            LINKED_ROLE_TABLE                     | t                         | linked-role.table
            LINKED_ROLE_PERMISSIONS_BOUNDARY      | PowerUser                 | linked-role.permissions-boundary
            LINKED_ROLE_QUEUES_FEATURE_ENABLED    | https://sqs/queue         | linked-role.queues.feature-enabled
            LINKED_ROLE_INTAKE_CONCURRENCY        | 0                         | linked-role.intake.concurrency
            LINKED_ROLE_INTAKE_CLOCK_TOLERANCE    | -1s                       | linked-role.intake.clock-tolerance
            LINKED_ROLE_INTAKE_CLOCK_TOLERANCE    | 366d                      | linked-role.intake.clock-tolerance
            LINKED_ROLE_API_TOKEN                 | too-short                 | linked-role.api.token
            LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE     | arn:aws:iam::1:role/x     | linked-role.accounts.default.role
            LINKED_ROLE_ACCOUNTS_111122223333_ROLE | arn:aws:iam::1:role/x    | LINKED_ROLE_ACCOUNTS__111122223333__ROLE
            LINKED_ROLE_RESYNC_EVERY              | now and then              | linked-role.resync.every cannot be "now and then"
            LINKED_ROLE_RESYNC_EVERY              | 0s                        | linked-role.resync.every must be from 1s to 24h, not 0s
            LINKED_ROLE_INTAKE_LONG_POLL          | 500ms                     | linked-role.intake.long-poll must be whole seconds from 0s to 20s, not 500ms
            LINKED_ROLE_IAM_TIMEOUT               | 2s                        | linked-role.iam.timeout must be at least linked-role.iam.attempt-timeout
            AWS_REGION                            | ''                        | AWS_REGION is set but empty
            LINKED_ROLE_OUTCOMES_TARGET           | outcomes                  | linked-role.outcomes.target
            LINKED_ROLE_OUTCOMES_SOURCE           | aws.connect               | linked-role.outcomes.source
            """)
    void what_is_configured_wrongly_ends_it_with_a_word_on_what(String variable, String value, String named) {
        // When
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of(variable, value))) {
            int status = service.awaitEnd();

            // Then
            assertThat(status).isNotZero();
            assertThat(service.log()).contains(named).doesNotContain("\tat ");
        }
    }
}
