package dev.linkedrole.intake;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A message as it was received.
 *
 * @param id the id that SQS gave it
 * @param body its body
 * @param receiveCount how often it was received, this time included
 * @param groupId the group it belongs to, on a FIFO queue
 * @param attributes the attributes that its sender gave it
 */
record ReceivedMessage(
        String id,
        String body,
        int receiveCount,
        Optional<String> groupId,
        Map<String, MessageAttributeValue> attributes) {

    static ReceivedMessage of(Message message) {
        Map<MessageSystemAttributeName, String> system = message.attributes();
        return new ReceivedMessage(
                message.messageId(),
                message.body(),
                // Taken to be redelivered if SQS does not say: comparing once too often does no harm.
                Integer.parseInt(system.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")),
                Optional.ofNullable(system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID)),
                message.messageAttributes());
    }

    boolean redelivered() {
        return receiveCount > 1;
    }
}
