package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The same events in any order, any number of times, in any envelope and on any queue give the same role. */
@QuarkusTest
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class AnyOrderTest {

    private static final int SAMPLES = 12;

    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";
    private static final String BUCKET = "arn:aws:s3:::acme-recordings";

    /** The property that repeats a run: the seed is in the report of every other. */
    private static final String SEED = "linkedrole.test.seed";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    @Test
    void every_order_and_duplication_ends_in_the_same_bytes(TestReporter reporter) {
        // Given what the same events make of a role one after the other
        Instance inOrder = Instance.random();
        life(inOrder).forEach(producer::sendAndAwait);
        SortedMap<String, String> reference = iam.get(inOrder.roleName()).inlinePolicies();
        assertThat(reference).isEqualTo(desired(inOrder.after(life(inOrder))));

        // When they come to other instances all at once, shuffled and doubled
        long seed = Optional.ofNullable(Long.getLong(SEED)).orElseGet(System::nanoTime);
        reporter.publishEntry(SEED, Long.toString(seed));
        Random random = new Random(seed);
        Map<Instance, List<RoleEvent>> sent = new HashMap<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            Instance instance = Instance.random();
            sent.put(instance, shuffledAndDoubled(life(instance), random));
        }
        sent.values().forEach(events -> events.forEach(event -> sendAnyhow(event, random)));
        producer.awaitQuiet();

        // Then
        assertThat(sent)
                .allSatisfy((instance, events) -> assertThat(
                                iam.get(instance.roleName()).inlinePolicies())
                        .as("seed %d, sent as %s", seed, events)
                        .isEqualTo(reference));
    }

    @Test
    void every_order_of_a_life_that_ends_ends_without_a_role(TestReporter reporter) {
        // Given
        long seed = Optional.ofNullable(Long.getLong(SEED)).orElseGet(System::nanoTime);
        reporter.publishEntry(SEED, Long.toString(seed));
        Random random = new Random(seed);
        List<Instance> instances = new ArrayList<>();

        // When
        for (int sample = 0; sample < SAMPLES; sample++) {
            Instance instance = Instance.random();
            instances.add(instance);
            List<RoleEvent> events = new ArrayList<>(life(instance));
            events.add(instance.deleted(random.nextInt(12)));
            shuffledAndDoubled(events, random).forEach(event -> sendAnyhow(event, random));
        }
        producer.awaitQuiet();

        // Then
        assertThat(instances).as("seed %d", seed).noneMatch(instance -> iam.exists(instance.roleName()));
    }

    /** Returns events that affect each other: disabled and enabled again, at the same time, and as a whole. */
    private static List<RoleEvent> life(Instance instance) {
        return List.of(
                instance.created(0),
                instance.enabled(1, "contact-records", FIREHOSE + "one", FIREHOSE + "two"),
                instance.disabled(2, "contact-records", FIREHOSE + "one"),
                instance.enabled(2, "contact-records", FIREHOSE + "one"),
                instance.enabled(3, "call-recordings", BUCKET, BUCKET + "/calls"),
                instance.disabled(4, "call-recordings"),
                instance.enabled(5, "call-recordings", BUCKET + "/calls"),
                instance.enabled(6, "outbound-campaigns"),
                instance.disabled(7, "agent-events", FIREHOSE + "three"),
                instance.enabled(8, "agent-events", FIREHOSE + "three"));
    }

    private static List<RoleEvent> shuffledAndDoubled(List<RoleEvent> events, Random random) {
        List<RoleEvent> sent = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(3) == 0).forEach(sent::add);
        Collections.shuffle(sent, random);
        return sent;
    }

    private void sendAnyhow(RoleEvent event, Random random) {
        producer.send(event, Envelopes.any(random), Inbox.any(random));
    }

    private static SortedMap<String, String> desired(LinkedRole role) {
        return Defaults.COMPILER.compileAnnounced(role).inlinePolicies();
    }
}
