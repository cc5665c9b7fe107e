package dev.linkedrole.iam.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.linkedrole.iam.AccountCircuitBreaker;
import dev.linkedrole.iam.CallLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamServiceClientConfiguration;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/**
 * Clients of IAM and STS. They share their connections and threads, so that one for each session costs little (some 30 kB, and
 * under a millisecond to make), and nothing that one account could use up for another: there are more connections than there
 * are ever calls at once, and each account has a budget of calls and retries of its own ({@link AccountCircuitBreaker} sees to it that
 * failing accounts get few).
 */
public final class AwsClients implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1_000;

    /** Far more accounts than a controller works in at once. */
    private static final int MAX_ACCOUNTS = 10_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final CallLimits limits;
    private final SdkAsyncHttpClient http;
    private final ScheduledExecutorService timers;
    private final ExecutorService completions = Executors.newVirtualThreadPerTaskExecutor();
    private final Cache<String, RetryStrategy> retries;
    private final Cache<String, IamAsyncClient> own;
    private final StsAsyncClient sts;

    public AwsClients(CallLimits limits) {
        this.limits = limits;
        this.http = NettyNioAsyncHttpClient.builder()
                .maxConcurrency(MAX_CONNECTIONS)
                .build();
        this.timers = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().daemon().name("aws-timer-", 0).factory());
        this.retries = Caffeine.newBuilder()
                .maximumSize(MAX_ACCOUNTS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.own = Caffeine.newBuilder()
                .maximumSize(MAX_ACCOUNTS)
                .removalListener(
                        (@Nullable String account, @Nullable IamAsyncClient iam, RemovalCause cause) -> close(iam))
                .build();
        this.sts = build(
                StsAsyncClient.builder(),
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(limits.attempts())
                        .circuitBreakerEnabled(false)
                        .build());
    }

    /**
     * Tries again with backoff and full jitter; and once IAM has throttled, sends no more than IAM was seen to take, which it finds
     * out by a token bucket that slowly opens again. Before that it slows nothing down. Of what IAM asks to be tried again, the SDK by itself
     * does not know the change that met another one of the same role.
     */
    private RetryStrategy adaptive() {
        return AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                .maxAttempts(limits.attempts())
                .retryOnException(IamErrors::isSimultaneous)
                .build();
    }

    /**
     * IAM with the controller's own credentials. It stays open as long as all the others.
     *
     * @param account the account of the calls; a configured endpoint may have several
     */
    IamAsyncClient iam(String account) {
        return own.get(account, first -> build(IamAsyncClient.builder(), strategy(account)));
    }

    /**
     * IAM with other credentials. To be closed by the caller, which leaves the connections open.
     *
     * @param account the account that they are for: IAM throttles by account, so all clients of one share a token bucket, and no
     *     two accounts do
     */
    IamAsyncClient iam(AwsCredentialsProvider credentials, String account) {
        return build(IamAsyncClient.builder().credentialsProvider(credentials), strategy(account));
    }

    private RetryStrategy strategy(String account) {
        return retries.get(account, first -> adaptive());
    }

    StsAsyncClient sts() {
        return sts;
    }

    /** The partition that IAM is called in; empty if its endpoint is configured. */
    Optional<String> partition() {
        try (IamAsyncClient iam = build(IamAsyncClient.builder(), adaptive())) {
            IamServiceClientConfiguration configuration = iam.serviceClientConfiguration();
            return configuration.endpointOverride().isPresent()
                    ? Optional.empty()
                    : Optional.of(CallerIdentity.partitionOf(configuration.region()));
        }
    }

    private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> C build(
            B builder, RetryStrategy strategy) {
        return builder.httpClient(http)
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, completions))
                .overrideConfiguration(override -> override.scheduledExecutorService(timers)
                        .apiCallTimeout(limits.timeout())
                        .apiCallAttemptTimeout(limits.attemptTimeout())
                        .retryStrategy(strategy))
                .build();
    }

    /** Its HTTP connections and threads are shared, so that this cuts off nothing that is under way. */
    private static void close(@Nullable IamAsyncClient iam) {
        if (iam != null) {
            iam.close();
        }
    }

    @Override
    public void close() {
        own.asMap().values().forEach(IamAsyncClient::close);
        sts.close();
        http.close();
        timers.shutdownNow();
        completions.close();
    }
}
