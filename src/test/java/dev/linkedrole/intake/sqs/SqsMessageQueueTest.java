package dev.linkedrole.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverCounts;
import dev.linkedrole.intake.consumer.ReceiverLimits;
import dev.linkedrole.intake.consumer.RejectReason;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue whose operator changes it while it is consumed. */
@Tag("aws")
class SqsMessageQueueTest {

    private static final RejectReason REJECTION = new RejectReason("not-json", "is not JSON");
    private static final Duration LONG_POLL = Duration.ofSeconds(1);

    private static final ReceiverLimits LIMITS = new ReceiverLimits(
            2,
            20,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
            Duration.ofMillis(10),
            Duration.ofMillis(500));

    private final SqsClient operator = AwsTestClients.PLAIN_SQS;
    private final SqsAsyncClient sqs = SqsAsyncClient.create();
    private final Retry retry = Retry.inRealTime();
    private final String name = "changing-" + UUID.randomUUID();
    private final String first = deadLetterQueue("first");
    private final String url = operator.createQueue(r -> r.queueName(name).attributes(redriveTo(first)))
            .queueUrl();
    private final AtomicInteger extensions = new AtomicInteger();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void rejected_messages_go_to_the_dead_letter_queue_that_there_is_now() {
        // Given a receiver that does not look again by itself for long
        ReceiverLimits seldom = new ReceiverLimits(
                LIMITS.maxConcurrentReceives(),
                LIMITS.maxInFlight(),
                LIMITS.backoff(),
                LIMITS.linger(),
                Duration.ofHours(1));
        Receiver receiver = receiver(seldom, batch -> batch.forEach(delivery -> delivery.reject(REJECTION)));
        receiver.start();
        send("one");
        awaitMessages(first, 1);

        // When the queue has another dead-letter queue, and the first one is deleted
        String second = deadLetterQueue("second");
        operator.setQueueAttributes(r -> r.queueUrl(url).attributes(redriveTo(second)));
        operator.deleteQueue(r -> r.queueUrl(first));
        send("two");

        // Then
        awaitMessages(second, 1);
        awaitMessages(url, 0);
        stop(receiver);
    }

    @Test
    void a_change_of_the_dead_letter_queue_is_seen_without_a_failure() {
        // Given
        Receiver receiver = receiver(LIMITS, batch -> batch.forEach(delivery -> delivery.reject(REJECTION)));
        receiver.start();
        send("one");
        awaitMessages(first, 1);

        // When both are there
        String second = deadLetterQueue("second");
        operator.setQueueAttributes(r -> r.queueUrl(url).attributes(redriveTo(second)));

        // Then it is not long until the new one is taken
        await("a message in the new one").atMost(TestTimeout.LONGEST).until(() -> {
            send("more");
            return messages(second) > 0;
        });
        stop(receiver);
    }

    @Test
    void a_shorter_visibility_timeout_brings_no_message_again_that_is_in_hand() {
        // Given a handler that never ends
        operator.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "300")));
        List<Delivery> taken = new CopyOnWriteArrayList<>();
        Receiver receiver = receiver(LIMITS, taken::addAll);
        receiver.start();
        send("before");
        await("it in flight").atMost(TestTimeout.LONGEST).until(() -> taken.size() == 1);

        // When the timeout becomes three seconds
        operator.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3")));
        send("after");

        // Then both are kept, by more calls, and neither is received again
        await("extensions").atMost(TestTimeout.LONGEST).until(() -> extensions.get() >= 12);
        assertThat(taken).hasSize(2);
        assertThat(taken).allMatch(delivery -> delivery.message().receiveCount() == 1);
        stop(receiver);
    }

    private Receiver receiver(ReceiverLimits limits, BatchHandler handler) {
        InstantSource clock = InstantSource.system();
        ReceiverCounts counts = new ReceiverCounts() {
            @Override
            public void extensions(int messages) {
                extensions.addAndGet(messages);
            }
        };
        return new Receiver(
                new SqsMessageQueue(sqs, name, LONG_POLL, clock),
                handler,
                limits,
                retry,
                clock,
                counts,
                CircuitBreaker.alwaysClosed(retry));
    }

    private static void stop(Receiver receiver) {
        TestTimeout.await(receiver.stop(LONG_POLL.plusSeconds(2)));
    }

    private void send(String body) {
        operator.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }

    private String deadLetterQueue(String which) {
        return operator.createQueue(r -> r.queueName(name + "-" + which)).queueUrl();
    }

    private Map<QueueAttributeName, String> redriveTo(String deadLetterUrl) {
        String arn = operator.getQueueAttributes(
                        r -> r.queueUrl(deadLetterUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"100\"}");
    }

    private void awaitMessages(String queue, int many) {
        await(many + " messages in " + queue).atMost(TestTimeout.LONGEST).until(() -> messages(queue) == many);
    }

    private int messages(String queue) {
        return operator
                .getQueueAttributes(r -> r.queueUrl(queue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
