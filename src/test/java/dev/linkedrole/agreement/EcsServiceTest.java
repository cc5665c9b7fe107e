package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.container.DocumentedMemory;
import dev.linkedrole.testing.EnvironmentNames;
import dev.linkedrole.testing.aws.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates for ECS and EKS are what CloudFormation and ECS take, and fit the service. */
class EcsServiceTest {

    private static final Path FILE = Path.of("deploy", "ecs", "service.yaml");

    /** Longest time to stop that the service promises, in seconds. */
    private static final int MAX_STOP = 30;

    @Test
    void a_public_linter_finds_no_fault_in_the_templates() {
        Commands.run(
                List.of("src/test/cfn-lint/lint", "deploy/ecs/service.yaml", "deploy/kubernetes/pod-role.yaml"),
                Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void the_model_of_the_api_takes_the_task_definition(String kind, @TempDir Path directory) throws IOException {
        check("ecs:RegisterTaskDefinition", input(template(kind), "TaskDefinition"), directory);
    }

    @Test
    void the_model_of_the_api_takes_the_service(@TempDir Path directory) throws IOException {
        ObjectNode service = input(template("jvm"), "Service");
        service.put("serviceName", "controller"); // CloudFormation's to choose
        check("ecs:CreateService", service, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Out", "In"})
    void the_model_of_the_api_takes_the_scaling(String policy, @TempDir Path directory) throws IOException {
        JsonNode properties = template("jvm").properties(policy);
        ObjectNode input = new ObjectMapper().createObjectNode();
        input.setAll((ObjectNode) properties);
        input.remove("ScalingTargetId"); // CloudFormation's word for the three that follow
        template("jvm")
                .properties("Scaling")
                .properties()
                .forEach(member -> input.set(member.getKey(), member.getValue()));
        input.remove(List.of("MinCapacity", "MaxCapacity"));
        check("application-autoscaling:PutScalingPolicy", input, directory);
    }

    @Test
    void a_member_that_the_api_does_not_have_is_found(@TempDir Path directory) {
        ObjectNode definition = input(template("jvm"), "TaskDefinition");
        ((ObjectNode) definition.at("/containerDefinitions/0")).put("readOnlyRootFilesystem", true);

        assertThatThrownBy(() -> check("ecs:RegisterTaskDefinition", definition, directory))
                .hasMessageContaining("readOnlyRootFilesystem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void the_container_is_confined_and_has_time_to_stop(String kind) throws IOException {
        JsonNode container = container(template(kind));
        assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("User").asText()).isNotIn("", "0", "root");
        assertThat(container.at("/LinuxParameters/Capabilities/Drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.path("StopTimeout").asInt()).isBetween(MAX_STOP + 5, 120);
        assertThat(container.path("Memory").asText()).isEqualTo(DocumentedMemory.of(kind.equals("native")));
    }

    @Test
    void every_environment_variable_is_read_by_the_service() {
        List<String> names = new ArrayList<>();
        JsonNode container = container(template("jvm"));
        container
                .path("Environment")
                .forEach(variable -> names.add(variable.path("Name").asText()));
        container
                .path("Secrets")
                .forEach(variable -> names.add(variable.path("Name").asText()));

        assertThat(names).contains("LINKED_ROLE_API_PASSWORD", "LINKED_ROLE_OUTCOMES_TARGET");
        assertThat(EnvironmentNames.unknown(names)).isEmpty();
    }

    @Test
    void alarms_look_at_the_queues_that_the_service_consumes() {
        Template template = template("jvm");
        Set<String> consumed = Set.of(
                "blue-linked-role-instance-created.fifo",
                "blue-linked-role-feature-enabled.fifo",
                "blue-linked-role-instance-deleted.fifo");
        List<String> settings = new ArrayList<>();
        container(template).path("Environment").forEach(variable -> {
            if (variable.path("Name").asText().startsWith("LINKED_ROLE_QUEUES_")) {
                settings.add(variable.path("Value").asText());
            }
        });
        assertThat(settings).containsExactlyInAnyOrderElementsOf(consumed);
        assertThat(template.resources("AWS::CloudWatch::Alarm")).hasSize(3).allSatisfy(alarm -> {
            List<String> queues = template.properties(alarm).findValuesAsText("Value");
            assertThat(queues).containsExactlyInAnyOrderElementsOf(consumed);
        });
    }

    @Test
    void the_service_itself_has_the_policies_of_the_controller_and_no_other() {
        JsonNode role = template("jvm").properties("TaskRole");
        assertThat(role.path("ManagedPolicyArns")).extracting(JsonNode::asText).containsExactly("queues", "roles");
        assertThat(role.has("Policies")).isFalse();
    }

    /** The template with most of its choices made. */
    private static Template template(String kind) {
        Map<String, String> values = new HashMap<>(Map.of(
                "Image", "111122223333.dkr.ecr.us-west-2.amazonaws.com/linked-role-controller:0.1.0",
                "Kind", kind,
                "Vpc", "vpc-1",
                "Subnets", "subnet-1",
                "QueuesPolicyArn", "queues",
                "RolesPolicyArn", "roles",
                "Prefix", "blue-",
                "Fifo", "true"));
        values.put("OutcomesTarget", "arn:aws:sns:us-west-2:111122223333:outcomes");
        values.put("PermissionsBoundary", "arn:aws:iam::111122223333:policy/boundary");
        values.put("ApiPasswordSecret", "arn:aws:secretsmanager:us-west-2:111122223333:secret:api-x");
        List.of(
                        "AWS::StackName",
                        "Cluster",
                        "Logs",
                        "SecurityGroup",
                        "TaskDefinition",
                        "Scaling",
                        "Out",
                        "In",
                        "Service.Name")
                .forEach(resource -> values.put(resource, resource));
        return new Template(FILE, values);
    }

    private static JsonNode container(Template template) {
        return template.properties("TaskDefinition").at("/ContainerDefinitions/0");
    }

    /** Properties of a resource as the input of an API call, whose members begin in lower case. */
    private static ObjectNode input(Template template, String resource) {
        ObjectNode input = (ObjectNode) lowered(template.properties(resource));
        if (input.at("/networkConfiguration/awsvpcConfiguration/subnets").isTextual()) {
            ((ObjectNode) input.at("/networkConfiguration/awsvpcConfiguration"))
                    .putArray("subnets")
                    .add("subnet-1");
        }
        return input;
    }

    private static JsonNode lowered(JsonNode value) {
        ObjectMapper json = new ObjectMapper();
        if (value.isArray()) {
            List<JsonNode> all = new ArrayList<>();
            value.forEach(each -> all.add(lowered(each)));
            return json.valueToTree(all);
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode lowered = json.createObjectNode();
        value.properties().forEach(member -> {
            String name = member.getKey();
            lowered.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), lowered(member.getValue()));
        });
        return lowered;
    }

    /** Checks an input against the API's own model, without a call. */
    private static void check(String call, JsonNode input, Path directory) throws IOException {
        Path file = directory.resolve("input.json");
        Files.writeString(
                file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(input));
        Commands.run(List.of("src/test/ecs/check", call + "=" + file), Map.of());
    }
}
