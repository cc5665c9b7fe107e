package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.model.Message;

/** Messages that cannot be accepted, as senders and operators see them in the dead-letter queues. */
@QuarkusTest
@OnEachAws
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class RejectionsTest {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    static Stream<BadMessage> badMessages() {
        return BadMessage.all();
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void a_bad_message_is_found_in_the_dead_letter_queue_with_its_reason(BadMessage bad) {
        // Given
        String body = bad.body(instance);
        Instant before = Instant.now();

        // When
        producer.queue(Inbox.FEATURE_ENABLED).send(body, Map.of("tenant", "acme"), "any");

        // Then
        Message rejected = producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, body);
        assertThat(attribute(rejected, "rejection-reason")).isEqualTo(bad.reason());
        assertThat(attribute(rejected, "rejection-detail")).contains(bad.named());
        assertThat(Instant.parse(attribute(rejected, "rejected-at"))).isBetween(before, Instant.now());
        assertThat(attribute(rejected, "tenant")).isEqualTo("acme");

        // And nothing else came of it
        producer.awaitQuiet();
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void each_queue_has_dead_letters_of_its_own_and_goes_on_after_a_rejection(Inbox inbox) {
        // When
        RoleEvent created = instance.created(0);
        producer.send("{", inbox, "any");
        producer.send(created, Envelopes.CLOUD_EVENT, inbox);

        // Then
        assertThat(attribute(producer.awaitDeadLetter(inbox, "{"), "rejection-reason"))
                .isEqualTo("not-json");
        producer.awaitQuiet();
        assertThat(iam.exists(instance.roleName())).isTrue();
    }

    @Test
    void a_rejected_message_keeps_its_own_attributes_as_far_as_there_is_room() {
        // Given a message that has as many attributes as SQS allows
        Map<String, String> attributes = Map.of(
                "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8", "i", "9", "j", "10");
        String body = "not JSON " + instance.id();

        // When
        producer.queue(Inbox.INSTANCE_DELETED).send(body, attributes, "any");

        // Then
        Message rejected = producer.awaitDeadLetter(Inbox.INSTANCE_DELETED, body);
        assertThat(rejected.messageAttributes())
                .containsOnlyKeys(
                        "rejection-reason", "rejection-detail", "rejected-at", "a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void a_message_that_names_a_class_loads_none_and_stops_nothing() {
        // When
        RoleEvent created = instance.created(0);
        producer.queue(Inbox.INSTANCE_CREATED)
                .send(
                        Envelopes.CLOUD_EVENT.wrap(created).toString(),
                        Map.of("_classname", "no.such.Class"),
                        instance.id().value());
        producer.awaitQuiet();

        // Then it was read as any other
        assertThat(iam.exists(instance.roleName())).isTrue();

        // And so is the next
        RoleEvent deleted = instance.deleted(1);
        producer.send(deleted, Envelopes.CLOUD_EVENT, Inbox.INSTANCE_CREATED);
        producer.awaitQuiet();
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void an_instance_that_is_known_by_another_arn_is_rejected() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        String elsewhere = Envelopes.CLOUD_EVENT
                .wrap(instance.enabled(1, "outbound-campaigns"))
                .toString()
                .replace("us-west-2", "eu-west-2");
        producer.send(elsewhere, Inbox.FEATURE_ENABLED, "any");

        // Then
        Message rejected = producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, elsewhere);
        assertThat(attribute(rejected, "rejection-reason")).isEqualTo("instance-mismatch");
        assertThat(attribute(rejected, "rejection-detail")).contains("instanceArn");
    }

    @Test
    void a_role_that_cannot_grow_stays_as_it_was_and_its_message_is_rejected() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        IamReader.FoundRole before = iam.get(instance.roleName());

        // When
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(900)
                .map(i -> STREAM + "-" + "x".repeat(40) + i)
                .toArray(String[]::new);
        String body = Envelopes.CLOUD_EVENT
                .wrap(instance.enabled(2, "agent-events", many))
                .toString();
        producer.send(body, Inbox.FEATURE_ENABLED, "any");

        // Then
        Message rejected = producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, body);
        assertThat(attribute(rejected, "rejection-reason")).isEqualTo("policy-too-large");
        assertThat(attribute(rejected, "rejection-detail")).contains("resources");
        assertThat(iam.get(instance.roleName())).isEqualTo(before);
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name), name)
                .stringValue();
    }
}
