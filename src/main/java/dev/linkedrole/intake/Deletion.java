package dev.linkedrole.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.aws.sqs.SqsAckHandler;
import io.smallrye.reactive.messaging.aws.sqs.SqsConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.aws.sqs.SqsMessage;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Acknowledges a message by deleting it. A delete that fails for good is no more than a message that comes again and is
 * found to be a duplicate; it does not end the channel.
 */
final class Deletion implements SqsAckHandler {

    static final String NAME = "delete-with-retry";

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    private final SqsAsyncClient sqs;
    private final Uni<String> queueUrl;

    private Deletion(SqsAsyncClient sqs, Uni<String> queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public Uni<Void> handle(SqsMessage<?> message) {
        return queueUrl.flatMap(url -> Uni.createFrom()
                        .completionStage(() -> sqs.deleteMessage(r -> r.queueUrl(url)
                                .receiptHandle(message.getMessage().receiptHandle()))))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .withJitter(0.5)
                .atMost(ATTEMPTS)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.atWarn()
                            .addKeyValue("message", message.getMessage().messageId())
                            .setCause(failure)
                            .log("A message that is done could not be deleted; it will come again and change nothing");
                    return Uni.createFrom().voidItem();
                })
                .emitOn(message::runOnMessageContext);
    }

    /** Makes one for each channel that asks for it by name. */
    @Singleton
    @Identifier(NAME)
    public static class Factory implements SqsAckHandler.Factory {
        @Override
        public SqsAckHandler create(
                SqsConnectorIncomingConfiguration configuration,
                Vertx vertx,
                SqsAsyncClient client,
                Uni<String> queueUrl,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new Deletion(client, queueUrl);
        }
    }
}
