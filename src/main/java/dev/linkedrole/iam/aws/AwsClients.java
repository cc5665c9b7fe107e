package dev.linkedrole.iam.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.linkedrole.iam.AccountCircuitBreaker;
import dev.linkedrole.iam.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
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
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamServiceClientConfiguration;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/**
 * Clients of IAM and STS. They share connections and threads, so one for each session costs little (some 30 kB, and
 * less than a millisecond to create). No account can use up what others need: there are more connections than there are
 * ever concurrent calls, and each account has its own budget of calls and retries ({@link AccountCircuitBreaker} limits
 * the calls to failing accounts).
 */
public final class AwsClients implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1_000;

    /** Maximum number of token buckets: far more accounts than a controller works in at once. */
    private static final int MAX_ACCOUNTS = 10_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final CallLimits limits;
    private final List<MetricPublisher> publishers;
    private final SdkAsyncHttpClient http;
    private final ScheduledExecutorService timers;
    private final ExecutorService completions = Executors.newVirtualThreadPerTaskExecutor();
    private final Cache<String, RetryStrategy> retries;
    private final Cache<String, IamAsyncClient> own;
    private final StsAsyncClient sts;

    /** Creates clients whose requests are not counted. */
    public AwsClients(CallLimits limits) {
        this(limits, List.of());
    }

    /** @param publishers recipients of the SDK's metrics of each call */
    public AwsClients(CallLimits limits, List<MetricPublisher> publishers) {
        this.limits = limits;
        this.publishers = List.copyOf(publishers);
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
     * Creates a strategy that retries with backoff and full jitter. Once IAM has throttled, it also limits the rate to
     * what IAM was seen to accept, by a token bucket that opens slowly; before that it slows nothing down. It also
     * retries a change that conflicted with another one of the same role, which the SDK by itself does not.
     */
    private RetryStrategy adaptive() {
        return AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                .maxAttempts(limits.attempts())
                .retryOnException(IamErrors::isSimultaneous)
                .build();
    }

    /**
     * Returns IAM with the controller's own credentials. It stays open as long as all others.
     *
     * @param account the account of the calls; a configured endpoint may have several
     */
    IamAsyncClient iam(String account) {
        return own.get(account, first -> build(IamAsyncClient.builder(), strategy(account)));
    }

    /**
     * Creates IAM with other credentials. The caller closes it, which leaves the shared connections open.
     *
     * @param account the account of the credentials: IAM throttles by account, so all clients of one account share a
     *     token bucket
     */
    IamAsyncClient iam(AwsCredentialsProvider credentials, String account) {
        return build(IamAsyncClient.builder().credentialsProvider(credentials), strategy(account));
    }

    private RetryStrategy strategy(String account) {
        return retries.get(account, first -> adaptive());
    }

    /** Returns the connections that all clients share, for services that the SDK has no client for here. */
    public SdkAsyncHttpClient http() {
        return http;
    }

    /** Returns the threads for work that may block, such as a lookup of the controller's own credentials. */
    Executor threads() {
        return completions;
    }

    StsAsyncClient sts() {
        return sts;
    }

    /** Returns the partition of IAM's endpoint; empty if the endpoint is configured. */
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
                        .metricPublishers(publishers)
                        .apiCallTimeout(limits.timeout())
                        .apiCallAttemptTimeout(limits.attemptTimeout())
                        .retryStrategy(strategy))
                .build();
    }

    /** Closes a client. Its HTTP connections and threads are shared, so calls in progress are not interrupted. */
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
