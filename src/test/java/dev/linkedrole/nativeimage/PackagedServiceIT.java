package dev.linkedrole.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service as it was packaged last, as a jar or as a native executable, started as Quarkus starts it. */
@QuarkusIntegrationTest
@Tag("aws")
@WithTestResource(LocalAwsResource.class)
class PackagedServiceIT {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/records";

    private final Instance instance = Instance.random();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);

    /** Given by {@link LocalAwsResource}. */
    private @Nullable Deployment deployment;

    private Producer producer;

    @BeforeEach
    void produce() {
        producer = new Producer(AwsTestClients.PLAIN_SQS, Objects.requireNonNull(deployment));
    }

    @Test
    void a_role_lives_its_whole_life() {
        // When
        producer.sendAndAwait(instance.created(0));
        int bare = iam.permissions(instance.roleName()).size();
        producer.sendAndAwait(instance.enabled(1, "contact-records", STREAM));

        // Then
        assertThat(iam.permissions(instance.roleName())).hasSizeGreaterThan(bare);
        Operator.asks()
                .get("/api/roles/" + instance.id() + "/history")
                .then()
                .statusCode(200)
                .body("type", hasItem("feature-enabled"));

        // When
        producer.sendAndAwait(instance.deleted(2));

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void a_rejected_message_is_in_the_dead_letter_queue_with_its_reason() {
        // When
        producer.send("not JSON", Inbox.FEATURE_ENABLED, "any");

        // Then
        assertThat(producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, "not JSON").messageAttributes())
                .containsKeys("rejection-reason", "rejection-detail");
    }

    @Test
    void an_error_is_a_problem_document() {
        Operator.asks()
                .get("/api/roles/" + instance.id())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404))
                .body("title", equalTo("Not Found"));
    }
}
