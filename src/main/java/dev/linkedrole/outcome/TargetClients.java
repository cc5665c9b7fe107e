package dev.linkedrole.outcome;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Factory of the client for a target, in the target's region. */
final class TargetClients {

    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(10);

    /**
     * Attempts of one call, with backoff and jitter. Outcomes that fail after them are tried again by the next sweep.
     */
    private static final int ATTEMPTS = 3;

    private TargetClients() {}

    static OutcomePublisher open(Target target) {
        return switch (target) {
            case Target.Topic topic -> new SnsTopic(client(SnsAsyncClient.builder(), target), topic);
            case Target.Bus bus -> new EventBus(client(EventBridgeAsyncClient.builder(), target), bus);
            case Target.Queue queue -> new SqsQueue(client(SqsAsyncClient.builder(), target), queue);
        };
    }

    private static <B extends AwsClientBuilder<B, C> & SdkAsyncClientBuilder<B, C>, C> C client(
            B builder, Target target) {
        target.region().map(Region::of).ifPresent(builder::region);
        return builder.httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(CALL)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                .build();
    }
}
