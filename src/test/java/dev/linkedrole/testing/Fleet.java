package dev.linkedrole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.time.TestTimeout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Many instances with random lives, all of whose events are sent at once, in any order, some of them twice. */
public final class Fleet implements AutoCloseable {

    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";
    private static final String BUCKET = "arn:aws:s3:::acme-recordings";

    private final SqsClient sqs = SqsClient.create();
    private final IamClient iamClient = IamClient.builder().build();
    private final DynamoDbAsyncClient dynamoDb = DynamoDbAsyncClient.create();
    private final IamReader iam = new IamReader(iamClient);
    private final Producer producer;
    private final DynamoDbLedger ledger;
    private final Random random;
    private final Map<Instance, List<RoleEvent>> lives = new LinkedHashMap<>();

    public Fleet(Deployment deployment, int instances, Random random) {
        this.producer = new Producer(sqs, deployment);
        this.ledger = new DynamoDbLedger(dynamoDb, deployment.table(), Optional.empty(), Retry.inRealTime());
        this.random = random;
        for (int i = 0; i < instances; i++) {
            Instance instance = Instance.random();
            lives.put(instance, life(instance));
        }
    }

    private List<RoleEvent> life(Instance instance) {
        List<RoleEvent> events = new ArrayList<>();
        events.add(instance.created(0));
        for (int second = 1; second <= 8; second++) {
            String stream = FIREHOSE + random.nextInt(3);
            events.add(
                    switch (random.nextInt(5)) {
                        case 0 -> instance.disabled(second, "agent-events", stream);
                        case 1 -> instance.disabled(second, "contact-records");
                        case 2 -> instance.enabled(second, "contact-records", stream);
                        case 3 -> instance.enabled(second, "call-recordings", BUCKET + "/" + second);
                        default -> instance.enabled(second, "agent-events", stream);
                    });
        }
        if (random.nextInt(4) == 0) {
            events.add(instance.deleted(20));
        }
        return events;
    }

    /** Every event of every instance. */
    public List<RoleEvent> events() {
        return lives.values().stream().flatMap(List::stream).toList();
    }

    public Producer producer() {
        return producer;
    }

    /** Sends every event of every instance, some of them twice, all in one random order. */
    public void sendEverything() {
        List<RoleEvent> all = new ArrayList<>();
        lives.values().forEach(all::addAll);
        all.stream().filter(event -> random.nextInt(8) == 0).toList().forEach(all::add);
        Collections.shuffle(all, random);
        all.forEach(event -> producer.send(event, Envelopes.any(random), Inbox.of(event)));
    }

    /** Waits until a number of instances have a role. */
    public void awaitRoles(int many) {
        await(many + " roles")
                .atMost(TestTimeout.LONGEST)
                .until(() -> existing().count() >= many);
    }

    private Stream<Instance> existing() {
        return lives.keySet().stream().filter(instance -> iam.exists(instance.roleName()));
    }

    /** Records of all instances that are in the ledger. */
    public List<RoleRecord> records() {
        return lives.keySet().stream()
                .flatMap(instance -> record(instance).stream())
                .toList();
    }

    private Optional<RoleRecord> record(Instance instance) {
        return ledger.load(instance.id()).await().atMost(TestTimeout.LONGEST);
    }

    /**
     * Asserts that all events are recorded and in force, in the ledger and in IAM, and that no message is in a
     * dead-letter queue.
     */
    public void assertEveryRoleIsAsItsEventsSay() {
        assertThat(lives).allSatisfy((instance, events) -> {
            LinkedRole known = instance.after(events);
            assertThat(ledger.load(instance.id(), known.grantWrites().keySet())
                            .await()
                            .atMost(TestTimeout.LONGEST))
                    .hasValueSatisfying(record -> {
                        assertThat(record.role()).isEqualTo(known);
                        assertThat(record.settled()).isTrue();
                        assertThat(record.conditions()).isEmpty();
                    });
            assertThat(iam.find(instance.roleName()).map(IamReader.FoundRole::inlinePolicies))
                    .isEqualTo(
                            known.deleted()
                                    ? Optional.empty()
                                    : Optional.of(Defaults.COMPILER
                                            .compileAnnounced(known)
                                            .inlinePolicies()));
        });
        assertThat(ledger.pending().collect().asList().await().atMost(TestTimeout.LONGEST))
                .isEmpty();
        assertThat(producer.noDeadLetters()).isTrue();
    }

    @Override
    public void close() {
        sqs.close();
        iamClient.close();
        dynamoDb.close();
    }
}
