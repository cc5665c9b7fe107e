package dev.linkedrole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.Mailbox;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Producer of events for the queues of a deployment, which also waits until the messages are handled. */
public final class Producer {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<Inbox, Mailbox> queues = new EnumMap<>(Inbox.class);
    private final Map<Inbox, Mailbox> deadLetters = new EnumMap<>(Inbox.class);

    public Producer(SqsClient sqs, Deployment deployment) {
        for (Inbox inbox : Inbox.values()) {
            Mailbox queue = new Mailbox(sqs, deployment.queue(inbox));
            queues.put(inbox, queue);
            deadLetters.put(inbox, queue.deadLetters());
        }
    }

    public Mailbox queue(Inbox inbox) {
        return Objects.requireNonNull(queues.get(inbox));
    }

    public Mailbox deadLetters(Inbox inbox) {
        return Objects.requireNonNull(deadLetters.get(inbox));
    }

    /** Sends events as CloudEvents, each to the queue of its type. */
    public void send(RoleEvent... events) {
        send(Arrays.asList(events));
    }

    /** Sends events as CloudEvents, each to the queue of its type. */
    public void send(Iterable<RoleEvent> events) {
        events.forEach(event -> send(event, Envelopes.CLOUD_EVENT, Inbox.of(event)));
    }

    public void send(RoleEvent event, Envelopes wrapping, Inbox inbox) {
        send(event, wrapping.wrap(event), inbox);
    }

    /** Sends an event in a given form. */
    public void send(RoleEvent event, ObjectNode written, Inbox inbox) {
        send(written.toString(), inbox, event.instance().id().value());
    }

    /** Sends any body. */
    public void send(String body, Inbox inbox, String group) {
        queue(inbox).send(body, Map.of(), group);
    }

    /** True if every message was handled. */
    public boolean idle() {
        return queues.values().stream().allMatch(Mailbox::isEmpty);
    }

    /** Waits until every message was handled, with whatever result. */
    public void awaitQuiet() {
        awaitQuiet(TestTimeout.LONGEST);
    }

    /** Waits a limited time until every message was handled, with whatever result. */
    public void awaitQuiet(Duration longest) {
        await("all messages to be dealt with")
                .atMost(longest)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(queues.values()).allMatch(Mailbox::isEmpty));
    }

    /** Waits until a message is in a dead-letter queue, and removes it. */
    public Message awaitDeadLetter(Inbox inbox, String body) {
        return await("the rejected message in " + deadLetters(inbox))
                .atMost(TestTimeout.LONGEST)
                .pollInterval(POLL)
                .until(() -> deadLetters(inbox).take(message -> message.body().equals(body)), Optional::isPresent)
                .orElseThrow();
    }

    /** Sends events and waits until all messages were handled. */
    public void sendAndAwait(RoleEvent... events) {
        send(events);
        awaitQuiet();
    }

    public boolean noDeadLetters() {
        return deadLetters.values().stream().allMatch(Mailbox::isEmpty);
    }
}
