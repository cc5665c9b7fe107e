package dev.linkedrole.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.aws.sqs.SqsReceiveMessageRequestCustomizer;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Asks SQS for all that it knows of a message: how often it was received decides how its role is compared, and its own
 * attributes go with it to the dead-letter queue.
 */
@Singleton
@Identifier(EveryAttribute.NAME)
public class EveryAttribute implements SqsReceiveMessageRequestCustomizer {

    static final String NAME = "every-attribute";

    @Override
    public void customize(ReceiveMessageRequest.Builder request) {
        request.messageSystemAttributeNames(MessageSystemAttributeName.ALL).messageAttributeNames("All");
    }
}
