package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.aws.sqs.SqsFailureHandler;
import io.smallrye.reactive.messaging.aws.sqs.SqsMessage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Puts a message that failed back into its queue, to come again after a while: twice as long each time, with jitter, until
 * its queue's redrive policy moves it to the dead-letter queue.
 */
final class Backoff implements SqsFailureHandler {

    static final String NAME = "backoff";

    private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);

    private final SqsAsyncClient sqs;
    private final Uni<String> queueUrl;
    private final ControllerConfig.Intake config;
    private final InFlight inFlight;

    private Backoff(SqsAsyncClient sqs, Uni<String> queueUrl, ControllerConfig.Intake config, InFlight inFlight) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.config = config;
        this.inFlight = inFlight;
    }

    @Override
    public Uni<Void> handle(SqsMessage<?> message, Metadata metadata, Throwable reason) {
        // What a stopping service puts back is for another one to take at once.
        int seconds = inFlight.stopping()
                ? 0
                : seconds(
                        ReceivedMessage.of(message.getMessage()).receiveCount(),
                        config.firstBackoff(),
                        config.longestBackoff(),
                        ThreadLocalRandom.current().nextDouble());
        return queueUrl.flatMap(url -> Uni.createFrom()
                        .completionStage(() -> sqs.changeMessageVisibility(r -> r.queueUrl(url)
                                .receiptHandle(message.getMessage().receiptHandle())
                                .visibilityTimeout(seconds))))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.atWarn()
                            .addKeyValue("message", message.getMessage().messageId())
                            .setCause(failure)
                            .log("A message could not be put back; it comes again when its visibility timeout is over");
                    return Uni.createFrom().voidItem();
                })
                .emitOn(message::runOnMessageContext);
    }

    /**
     * How long a message stays away.
     *
     * @param receiveCount how often it was received, from 1
     * @param chance from 0 (half of the time) to 1 (all of it), so that messages which failed together come back apart
     */
    static int seconds(int receiveCount, Duration first, Duration longest, double chance) {
        double most =
                Math.min((double) longest.toSeconds(), (double) first.toSeconds() * Math.pow(2, receiveCount - 1.0));
        return (int) Math.ceil(most * (1 + chance) / 2);
    }

    /** Makes one for each channel that asks for it by name. */
    @Singleton
    @Identifier(NAME)
    public static class Factory implements SqsFailureHandler.Factory {

        private final ControllerConfig config;
        private final InFlight inFlight;

        Factory(ControllerConfig config, InFlight inFlight) {
            this.config = config;
            this.inFlight = inFlight;
        }

        @Override
        public SqsFailureHandler create(
                String channel,
                SqsAsyncClient client,
                Uni<String> queueUrl,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new Backoff(client, queueUrl, config.intake(), inFlight);
        }
    }
}
