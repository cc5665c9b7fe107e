package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.IamReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A role whose only producer is Amazon Connect: API calls on real queues, and the role in IAM. */
@QuarkusTest
@OnEachAws
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class ApiCallsTest {

    private static final String CREATE =
            "{\"IdentityManagementType\": \"CONNECT_MANAGED\", \"InstanceAlias\": \"acme\"}";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    @Inject
    MeterRegistry metrics;

    private final Instance instance = Instance.random();

    @ParameterizedTest
    @EnumSource
    void a_role_grows_and_goes_with_the_calls_on_any_queue(Inbox inbox) {
        // When
        send(inbox, call("CreateInstance", CREATE, "{\"Arn\": \"INSTANCE\"}"));
        send(inbox, ApiCallEvent.inNotification(call("AssociateInstanceStorageConfig", recordings("calls"), "null")));
        send(inbox, call("UpdateInstanceAttribute", attribute("HIGH_VOLUME_OUTBOUND"), "null"));
        producer.awaitQuiet();

        // Then
        assertThat(policies()).contains("arn:aws:s3:::acme/calls/*", "connect-campaigns:PauseCampaign");

        // When the storage is replaced, and the logs need the alias that was recorded
        ObjectNode update = call("UpdateInstanceStorageConfig", recordings("other"), "null");
        ((ObjectNode) update.get("detail"))
                .put("eventTime", Instance.START.plusSeconds(9).toString());
        send(inbox, update);
        send(inbox, call("UpdateInstanceAttribute", attribute("CONTACTFLOW_LOGS"), "null"));
        producer.awaitQuiet();

        // Then
        assertThat(policies())
                .contains("arn:aws:s3:::acme/other/*", "log-group:/aws/connect/acme:*")
                .doesNotContain("arn:aws:s3:::acme/calls/*");

        // When
        send(inbox, call("DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}", "null"));
        producer.awaitQuiet();

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(producer.noDeadLetters()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"FEATURE_ENABLED", "INSTANCE_DELETED"})
    void an_association_ends_by_its_id_in_any_order(Inbox last) {
        // Given
        send(Inbox.INSTANCE_CREATED, call("CreateInstance", CREATE, "{\"Arn\": \"INSTANCE\"}"));
        producer.awaitQuiet();
        ObjectNode begin = call(
                "CreateIntegrationAssociation",
                "{\"InstanceId\": \"INSTANCE\", \"IntegrationType\": \"VOICE_ID\", \"IntegrationArn\":"
                        + " \"arn:aws:voiceid:us-west-2:111122223333:domain/Dm1\"}",
                "{\"IntegrationAssociationId\": \"i-1\"}");
        ObjectNode end = call(
                "DeleteIntegrationAssociation",
                "{\"InstanceId\": \"INSTANCE\", \"IntegrationAssociationId\": \"i-1\"}",
                "null");

        // When
        boolean endFirst = last == Inbox.FEATURE_ENABLED;
        send(last, endFirst ? end : begin);
        producer.awaitQuiet();
        assertThat(policies().contains("voiceid:*")).isEqualTo(!endFirst);
        send(last, endFirst ? begin : end);
        producer.awaitQuiet();

        // Then
        assertThat(policies()).doesNotContain("voiceid:*");
    }

    @Test
    void calls_that_mean_nothing_are_counted_and_leave_nothing_behind() {
        // Given
        ObjectNode failed = call("CreateInstance", CREATE, "null");
        ((ObjectNode) failed.get("detail")).put("errorCode", "ServiceQuotaExceededException");
        ObjectNode reading = call("DescribeInstance", "{\"InstanceId\": \"INSTANCE\"}", "null");
        ((ObjectNode) reading.get("detail")).put("readOnly", true);
        ObjectNode masked = call("AssociateInstanceStorageConfig", recordings("***"), "null");
        double before = counted("failed") + counted("read-only") + counted("ignored") + counted("masked");

        // When
        send(Inbox.INSTANCE_CREATED, failed);
        send(Inbox.INSTANCE_CREATED, reading);
        send(Inbox.INSTANCE_CREATED, call("CreateUser", "{\"InstanceId\": \"INSTANCE\"}", "null"));
        send(Inbox.INSTANCE_CREATED, masked);
        producer.awaitQuiet();

        // Then
        assertThat(counted("failed") + counted("read-only") + counted("ignored") + counted("masked") - before)
                .isEqualTo(4);
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(producer.noDeadLetters()).isTrue();
    }

    private double counted(String result) {
        return metrics.find("linked.role.api.calls").tag("result", result).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ObjectNode call(String name, String request, String response) {
        return ApiCallEvent.of(instance, name, request, response);
    }

    private static String recordings(String prefix) {
        return """
            {"InstanceId": "INSTANCE", "ResourceType": "CALL_RECORDINGS", "StorageConfig":
             {"StorageType": "S3", "S3Config": {"BucketName": "acme", "BucketPrefix": "%s"}}}\
            """.formatted(prefix);
    }

    private static String attribute(String type) {
        return "{\"InstanceId\": \"INSTANCE\", \"AttributeType\": \"" + type + "\", \"Value\": \"true\"}";
    }

    private void send(Inbox inbox, ObjectNode event) {
        producer.send(event.toString(), inbox, instance.id().value());
    }

    private String policies() {
        return iam.get(instance.roleName()).inlinePolicies().toString();
    }
}
