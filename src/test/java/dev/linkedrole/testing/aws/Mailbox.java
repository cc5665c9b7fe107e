package dev.linkedrole.testing.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Client of a queue, from the view of producers and operators. */
public final class Mailbox {

    private final SqsClient sqs;
    private final String name;
    private final String url;

    public Mailbox(SqsClient sqs, String name) {
        this.sqs = sqs;
        this.name = name;
        this.url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    }

    public Mailbox deadLetters() {
        return new Mailbox(sqs, name.endsWith(".fifo") ? name.replaceFirst("\\.fifo$", "-dlq.fifo") : name + "-dlq");
    }

    /** The queue's ARN. */
    public String arn() {
        return Objects.requireNonNull(
                sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
    }

    /** Sends a message unchanged. */
    public void send(String body, Map<String, String> attributes, String group) {
        Map<String, MessageAttributeValue> typed = new HashMap<>();
        attributes.forEach((attribute, value) -> typed.put(
                attribute,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        SendMessageRequest.Builder request =
                SendMessageRequest.builder().queueUrl(url).messageBody(body).messageAttributes(typed);
        if (name.endsWith(".fifo")) {
            request.messageGroupId(group)
                    .messageDeduplicationId(UUID.randomUUID().toString());
        }
        sqs.sendMessage(request.build());
    }

    /** Sends up to ten messages, without attributes, to a queue that is not a FIFO one. */
    public void sendAll(List<String> bodies) {
        if (bodies.isEmpty()) {
            return;
        }
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, bodies.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(bodies.get(i))
                        .build())
                .toList();
        var failed = sqs.sendMessageBatch(r -> r.queueUrl(url).entries(entries)).failed();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("not all could be sent: " + failed);
        }
    }

    /** True if the queue has no message, neither visible nor in flight. */
    public boolean isEmpty() {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes();
        return attributes.values().stream().allMatch("0"::equals);
    }

    /** Number of messages in flight. */
    public int hidden() {
        return Integer.parseInt(sqs.getQueueAttributes(r ->
                        r.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"));
    }

    /** Receives and deletes messages until one matches. */
    public Optional<Message> take(Predicate<Message> desired) {
        while (true) {
            var messages = sqs.receiveMessage(r -> r.queueUrl(url)
                            .maxNumberOfMessages(1)
                            .waitTimeSeconds(0)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            if (messages.isEmpty()) {
                return Optional.empty();
            }
            Message message = messages.getFirst();
            sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
            if (desired.test(message)) {
                return Optional.of(message);
            }
        }
    }

    /** Receives and deletes all messages, ten at a time. */
    public List<Message> drain() {
        List<Message> drained = new ArrayList<>();
        while (true) {
            List<Message> messages = sqs.receiveMessage(r -> r.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .waitTimeSeconds(0)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            if (messages.isEmpty()) {
                return drained;
            }
            sqs.deleteMessageBatch(r -> r.queueUrl(url)
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(Integer.toString(messages.indexOf(message)))
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
            drained.addAll(messages);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
