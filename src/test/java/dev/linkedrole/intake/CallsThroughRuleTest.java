package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.Stack;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.aws.TrailBus;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.time.TestTimeout;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** A role whose only producer is a local EventBridge with the rule of {@code deploy/connect.yaml}. */
@QuarkusTest
@OnEachAws
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class CallsThroughRuleTest {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String BUCKET = "arn:aws:s3:::acme/";
    private static final String BOTS = "arn:aws:lex:us-west-2:111122223333:bot:";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();
    private final Instance replica = Instance.random();
    private final Set<String> called = new TreeSet<>();
    private final String prefix = "test-" + UUID.randomUUID().toString().substring(0, 13) + "-";
    private final Stack stack = new Stack(prefix + "connect", "connect.yaml");
    private final TrailBus bus = new TrailBus(EventBridgeClient.create());
    private int second;

    @BeforeEach
    void create() {
        stack.create(List.of(
                "Prefix=" + prefix,
                "Target=" + producer.queue(Inbox.FEATURE_ENABLED).arn()));
    }

    @AfterEach
    void delete() {
        stack.delete();
        bus.close();
    }

    @Test
    void each_call_that_a_rule_of_the_catalog_is_about_reaches_its_role() {
        call("CreateInstance", "'InstanceAlias': 'acme'", "{'Arn': 'INSTANCE'}");
        awaitThat("the role", () -> iam.exists(instance.roleName()));

        call("AssociateInstanceStorageConfig", recordings("calls"), "{'AssociationId': 'a1'}");
        awaitGranted(BUCKET + "calls/*");
        call("UpdateInstanceStorageConfig", recordings("other"), "null");
        awaitGranted(BUCKET + "other/*");
        assertThat(policies()).doesNotContain(BUCKET + "calls/*");
        call("DisassociateInstanceStorageConfig", "'ResourceType': 'CALL_RECORDINGS'", "null");
        awaitRevoked(BUCKET);

        call("AssociateLexBot", bot("Order"), "null");
        awaitGranted(BOTS + "Order");
        call("AssociateBot", bot("Refund"), "null");
        awaitGranted(BOTS + "Refund");
        call("DisassociateLexBot", "'BotName': 'Order', 'LexRegion': 'us-west-2'", "null");
        awaitRevoked(BOTS + "Order");
        call("DisassociateBot", bot("Refund"), "null");
        awaitRevoked(BOTS + "Refund");

        call(
                "CreateIntegrationAssociation",
                "'IntegrationType': 'VOICE_ID', 'IntegrationArn': 'arn:aws:voiceid:us-west-2:111122223333:domain/Dm1'",
                "{'IntegrationAssociationId': 'i1'}");
        awaitGranted("voiceid:");
        call("DeleteIntegrationAssociation", "'IntegrationAssociationId': 'i1'", "null");
        awaitRevoked("voiceid:");

        call("UpdateInstanceAttribute", "'AttributeType': 'CONTACTFLOW_LOGS', 'Value': 'true'", "null");
        awaitGranted("log-group:/aws/connect/acme");

        put(
                replica,
                "ReplicateInstance",
                "'ReplicaRegion': 'us-west-2', 'ReplicaAlias': 'acme-2'",
                "{'Arn': 'INSTANCE'}");
        awaitThat("the replica's role", () -> iam.exists(replica.roleName()));

        call("DeleteInstance", "'ClientToken': 'c1'", "null");
        put(replica, "DeleteInstance", "'ClientToken': 'c2'", "null");
        awaitThat("no role", () -> !iam.exists(instance.roleName()) && !iam.exists(replica.roleName()));

        // Then nothing was rejected, and no call was left out
        producer.awaitQuiet();
        assertThat(producer.noDeadLetters()).isTrue();
        assertThat(called)
                .containsExactlyInAnyOrderElementsOf(
                        CatalogFile.load("amazon-connect").apiCalls().orElseThrow().rules().stream()
                                .flatMap(rule -> rule.calls().stream())
                                .collect(Collectors.toSet()));
    }

    private void call(String name, String parameters, String response) {
        put(instance, name, parameters, response);
    }

    /** Puts the event of a call, a second after the last one. */
    private void put(Instance of, String name, String parameters, String response) {
        called.add(name);
        ObjectNode event =
                ApiCallEvent.of(of, name, json("{'InstanceId': 'INSTANCE', " + parameters + "}"), json(response));
        ((ObjectNode) event.get("detail"))
                .put("eventTime", Instance.START.plusSeconds(second++).toString());
        bus.put(List.of(event));
    }

    private static String recordings(String prefix) {
        return "'ResourceType': 'CALL_RECORDINGS', 'StorageConfig': {'StorageType': 'S3', 'S3Config':"
                + " {'BucketName': 'acme', 'BucketPrefix': '" + prefix + "'}}";
    }

    private static String bot(String name) {
        return "'LexBot': {'Name': '" + name + "', 'LexRegion': 'us-west-2'}";
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private void awaitGranted(String part) {
        awaitThat(part + " in the role", () -> policies().contains(part));
    }

    private void awaitRevoked(String part) {
        awaitThat("no " + part + " in the role", () -> !policies().contains(part));
    }

    private static void awaitThat(String what, BooleanSupplier holds) {
        await(what).atMost(TestTimeout.LONGEST).pollInterval(POLL).until(holds::getAsBoolean);
    }

    private String policies() {
        return iam.get(instance.roleName()).inlinePolicies().toString();
    }
}
