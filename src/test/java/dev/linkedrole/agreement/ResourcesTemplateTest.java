package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.testing.aws.Commands;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CloudFormation accepts the templates, and a customer's key is used by every resource. */
class ResourcesTemplateTest {

    private static final String KEY = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static final Path FILE = Path.of("deploy", "resources.yaml");

    @Test
    void a_public_linter_finds_no_fault_in_the_templates() {
        Commands.run(
                List.of("src/test/cfn-lint/lint", "deploy/resources.yaml", "deploy/controller-policy.yaml"), Map.of());
    }

    @Test
    void a_key_of_the_customer_encrypts_queues_topic_and_table() {
        // When
        Template template = new Template(FILE, Map.of("KmsKey", KEY, "OutcomesTopic", "outcomes"));

        // Then
        assertThat(queues(template)).hasSize(6).allSatisfy(queue -> {
            assertThat(queue.path("KmsMasterKeyId").asText()).isEqualTo(KEY);
            assertThat(queue.path("SqsManagedSseEnabled").asText()).isEqualTo("false");
        });
        assertThat(of(template, "AWS::SNS::Topic"))
                .singleElement()
                .satisfies(topic ->
                        assertThat(topic.path("KmsMasterKeyId").asText()).isEqualTo(KEY));
        assertThat(of(template, "AWS::DynamoDB::Table")).singleElement().satisfies(table -> {
            assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
            assertThat(table.at("/SSESpecification/KMSMasterKeyId").asText()).isEqualTo(KEY);
        });
    }

    @Test
    void without_one_the_keys_of_aws_do() {
        // When
        Template template = new Template(FILE, Map.of("OutcomesTopic", "outcomes"));

        // Then
        assertThat(queues(template)).hasSize(6).allSatisfy(queue -> {
            assertThat(queue.has("KmsMasterKeyId")).isFalse();
            assertThat(queue.path("SqsManagedSseEnabled").asText()).isEqualTo("true");
        });
        assertThat(of(template, "AWS::DynamoDB::Table"))
                .singleElement()
                .satisfies(table -> assertThat(table.has("SSESpecification")).isFalse());
    }

    private static List<JsonNode> queues(Template template) {
        return of(template, "AWS::SQS::Queue").toList();
    }

    private static Stream<JsonNode> of(Template template, String type) {
        return template.resources(type).stream().map(template::properties);
    }
}
