package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.OnEachAws;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Long polls of a FIFO queue, on every local AWS. */
@OnEachAws
@Tag("aws")
class FifoPollsTest {

    private static final int MAX_POLL = 20;

    static {
        LocalAws.require();
    }

    private final SqsAsyncClient sqs = SqsAsyncClient.create();
    private final String queue = sqs.createQueue(r -> r.queueName(UUID.randomUUID() + ".fifo")
                    .attributes(Map.of(
                            QueueAttributeName.FIFO_QUEUE, "true",
                            QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
            .join()
            .queueUrl();

    @Test
    void a_poll_that_began_while_a_group_was_worked_on_sees_it_become_free() throws Exception {
        // Given two messages of a group, of which the first is being worked on
        send("first");
        send("second");
        Message first = receive(0).get(MAX_POLL, TimeUnit.SECONDS).messages().getFirst();
        CompletableFuture<ReceiveMessageResponse> poll = receive(MAX_POLL);
        // The poll begins before the message is deleted.
        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(1))
                        .get(MAX_POLL, TimeUnit.SECONDS)
                        .messages())
                .isEmpty();

        // When
        sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(first.receiptHandle()))
                .join();

        // Then
        assertThat(poll.get(MAX_POLL / 2, TimeUnit.SECONDS).messages())
                .singleElement()
                .extracting(Message::body)
                .isEqualTo("second");
    }

    private void send(String body) {
        sqs.sendMessage(r -> r.queueUrl(queue).messageBody(body).messageGroupId("group"))
                .join();
    }

    private CompletableFuture<ReceiveMessageResponse> receive(int seconds) {
        return sqs.receiveMessage(
                r -> r.queueUrl(queue).waitTimeSeconds(seconds).maxNumberOfMessages(1));
    }
}
