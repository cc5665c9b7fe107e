package dev.linkedrole.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.producers.Markdown.Block;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.PublishedSchemas;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.Mailbox;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.TestTimeout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.sqs.model.Message;

/** The examples for producers work unchanged with a running service. */
@Tag("aws")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final List<Block> BLOCKS = Markdown.blocks("docs/producers.md");

    private static final String CLI = "AWS CLI";
    private static final String EVENT_BRIDGE = "EventBridge";
    private static final String JAVA = "Java, waiting for the permission";
    private static final String SDKS = "CloudEvents SDKs";
    private static final String REFUSED = "When an event is rejected";

    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Pasting pasting;
    private final ServiceProcess service;

    @BeforeAll
    void start() {
        service.awaitReady();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** Starts a service with the queues and the target of the examples, and a table of its own. */
    ExamplesIT(@TempDir Path directory) {
        pasting = new Pasting(directory);
        Commands.run(
                List.of(LocalAws.projectDirectory().resolve("deploy/provision").toString()), LocalAws.environment());
        String arn = last(section(JAVA)
                .filter(block -> block.language().equals("bash"))
                .map(pasting::paste)
                .toList());
        service = ServiceProcess.start(
                Deployment.provision(),
                Map.of(
                        "LINKED_ROLE_QUEUES_INSTANCE_CREATED", "linked-role-instance-created",
                        "LINKED_ROLE_QUEUES_FEATURE_ENABLED", "linked-role-feature-enabled",
                        "LINKED_ROLE_QUEUES_INSTANCE_DELETED", "linked-role-instance-deleted",
                        "LINKED_ROLE_OUTCOMES_TARGET", arn.lines().toList().getLast()));
    }

    @Test
    void events_sent_with_the_aws_cli_are_granted() {
        // When
        List<Block> blocks = section(CLI).toList();
        blocks.subList(0, 2).forEach(pasting::paste);

        // Then
        awaitPermission("0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01", "s3:GetObject", "arn:aws:s3:::acme-recordings/*");
        assertThat(pasting.paste(blocks.get(2))).contains("arn:aws:s3:::acme-recordings/*");
        assertThat(blocks).hasSize(3);
    }

    @Test
    void events_on_an_eventbridge_bus_are_granted() {
        // When
        section(EVENT_BRIDGE).forEach(pasting::paste);

        // Then
        awaitPermission(
                "5e0b2c4d-91a7-4f0e-8c3b-7d2a6b1f0e02",
                "logs:PutLogEvents",
                "arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme:*");
    }

    @Test
    void a_java_program_knows_when_its_permission_is_there() {
        // When
        String said = last(section(JAVA).map(pasting::paste).toList());

        // Then
        assertThat(said).contains("In force:").contains("bot:OrderFlowers");
        assertThat(permissions("c2a7f3d0-4b1e-4d58-9f6a-1e8b0c9d7a03"))
                .contains(Permission.of("lex:PostContent", "arn:aws:lex:us-west-2:111122223333:bot:OrderFlowers:*"));
    }

    @ParameterizedTest
    @CsvSource({
        "java,       2f6d8b1a-7c3e-4a95-b0d2-4e5f6a7b8c04",
        "python,     3d1f6a52-8c0e-4b7a-9e21-5f4b7c6d8e05",
        "go,         e7b9d2c8-5a3f-4c61-b0d4-9f1a2e3c4b06",
        "javascript, a4e8c1f7-2b6d-4f90-8d35-6c7e9b0a1f07",
    })
    void what_a_cloudevents_sdk_writes_is_taken(String language, String instance) {
        // Given its program, and how that is run
        List<Block> program = section(SDKS)
                .dropWhile(block -> !block.language().equals(language))
                .takeWhile(block -> Set.of(language, "bash").contains(block.language()))
                .toList();

        // When
        program.forEach(pasting::paste);

        // Then
        assertThat(program).hasSize(language.equals("java") ? 1 : 2);
        await("the role")
                .atMost(TestTimeout.LONGEST)
                .untilAsserted(() -> assertThat(permissions(instance)).isNotEmpty());
    }

    @Test
    void the_java_sdk_is_of_the_version_that_it_was_run_with() {
        assertThat(section(SDKS).toList().getFirst().text())
                .startsWith("//DEPS software.amazon.awssdk:sqs:" + VersionInfo.SDK_VERSION + "\n"
                        + "//DEPS io.cloudevents:cloudevents-json-jackson:3.0.0\n");
        assertThat(System.getProperty("java.class.path")).contains("cloudevents-json-jackson-3.0.0.jar");
    }

    @Test
    void its_dependencies_are_those_that_it_was_run_with() {
        assertThat(section(JAVA).toList().getLast().text())
                .startsWith("//DEPS software.amazon.awssdk:sqs:" + VersionInfo.SDK_VERSION + "\n"
                        + "//DEPS com.fasterxml.jackson.core:jackson-databind:" + PackageVersion.VERSION + "\n");
    }

    @Test
    void a_rejected_event_is_dead_lettered_with_the_contracts_attributes() throws JsonProcessingException {
        // When
        List<Block> blocks = section(REFUSED).toList();
        pasting.paste(blocks.getFirst());
        String received = await("the rejected event")
                .atMost(TestTimeout.LONGEST)
                .until(() -> pasting.paste(blocks.getLast()), said -> said.contains("rejection-reason"));

        // Then
        assertThat(blocks).hasSize(2);
        JsonNode rejected = new ObjectMapper().readTree(received).at("/Messages/0");
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        rejected.path("MessageAttributes")
                .propertyStream()
                .forEach(attribute -> attributes.put(
                        attribute.getKey(),
                        attribute.getValue().path("StringValue").asText()));
        assertThat(attributes.path("rejection-reason").asText()).isEqualTo("other-account");
        assertThat(PublishedSchemas.faultsBy(
                        AsyncApi.document().at("/components/schemas/refusal").toString(), attributes.toString()))
                .isEmpty();
        assertThat(rejected.path("Body").asText()).contains("\"7f20\"");
    }

    @Test
    void what_is_redriven_is_carried_out_or_rejected_again() {
        // Given a message that was given up, and one that was rejected
        Mailbox deadLetters = new Mailbox(AwsTestClients.PLAIN_SQS, "linked-role-instance-created").deadLetters();
        Instance instance = Instance.random();
        String bad = Envelopes.CLOUD_EVENT
                .wrap(Instance.random().created(0))
                .put("time", "yesterday")
                .toString();
        deadLetters.send(Envelopes.CLOUD_EVENT.wrap(instance.created(0)).toString(), Map.of(), "any");
        deadLetters.send(bad, Map.of("rejection-reason", "not-json", "rejected-at", "2026-11-23T09:00:00Z"), "any");

        // When
        String said = last(Markdown.blocks("docs/operations.md").stream()
                .filter(block -> block.title().equals(Optional.of("redrive")))
                .map(pasting::paste)
                .toList());

        // Then
        assertThat(said).contains("TaskHandle").doesNotContain("CouldNotDetermineMessageSource", "FAILED");
        await("the role")
                .atMost(TestTimeout.LONGEST)
                .untilAsserted(() -> assertThat(iam.exists(instance.roleName())).isTrue());
        Message again = await("the rejected message")
                .atMost(TestTimeout.LONGEST)
                .until(() -> deadLetters.take(message -> message.body().equals(bad)), Optional::isPresent)
                .orElseThrow();
        assertThat(attribute(again, "rejection-reason")).isEqualTo("invalid-field");
        assertThat(attribute(again, "rejected-at")).isGreaterThan("2026-11-24");
    }

    @Test
    void there_is_no_example_that_is_not_run() {
        assertThat(BLOCKS)
                .filteredOn(block -> !block.language().equals("console"))
                .extracting(Block::section)
                .containsOnly(CLI, EVENT_BRIDGE, JAVA, SDKS, REFUSED);
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name), name)
                .stringValue();
    }

    private void awaitPermission(String instance, String action, String resource) {
        await("the permission")
                .atMost(TestTimeout.LONGEST)
                .untilAsserted(() -> assertThat(permissions(instance)).contains(Permission.of(action, resource)));
    }

    private SortedSet<Permission> permissions(String instance) {
        return iam.find(RoleName.of("AWSServiceRoleForAmazonConnect_", new InstanceId(instance)))
                .map(IamReader.FoundRole::permissions)
                .orElseGet(TreeSet::new);
    }

    private static Stream<Block> section(String section) {
        return BLOCKS.stream().filter(block -> block.section().equals(section));
    }

    private static String last(List<String> said) {
        return said.getLast();
    }
}
