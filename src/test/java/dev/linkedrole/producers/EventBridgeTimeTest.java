package dev.linkedrole.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The time of an event that comes through EventBridge, on every local AWS. */
@OnEachAws
@Tag("aws")
class EventBridgeTimeTest {

    private static final Instant HAPPENED = Instant.parse("2024-02-29T12:00:00Z");
    private static final String NAME = "time-" + UUID.randomUUID();

    static {
        LocalAws.require();
    }

    private final SqsAsyncClient sqs = SqsAsyncClient.create();
    private final EventBridgeAsyncClient events = EventBridgeAsyncClient.create();
    private final String queue = sqs.createQueue(r -> r.queueName(NAME)).join().queueUrl();

    @Test
    void an_entry_arrives_with_its_time_where_the_documentation_says_so() throws IOException {
        // Given
        String arn = sqs.getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .join()
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        events.putRule(r -> r.name(NAME).eventPattern("{\"source\": [\"" + NAME + "\"]}"))
                .join();
        events.putTargets(r -> r.rule(NAME)
                        .targets(Target.builder().id("queue").arn(arn).build()))
                .join();

        // When
        Instant called = Instant.now();
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .source(NAME)
                .detailType("Sold")
                .detail("{}")
                .time(HAPPENED)
                .build();
        events.putEvents(r -> r.entries(entry)).join();

        // Then
        String body = sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20))
                .join()
                .messages()
                .getFirst()
                .body();
        Instant seen = Instant.parse(Permission.parse(body).path("time").asText());
        if ("ministack".equals(System.getenv("LOCAL_AWS"))) {
            assertThat(Files.readString(Path.of("docs", "producers.md")))
                    .contains("MiniStack (seen with 1.5.33) and Floci drop the `Time`");
            assertThat(seen).isAfter(called.minusSeconds(2));
        } else {
            assertThat(seen).isEqualTo(HAPPENED);
        }
    }
}
