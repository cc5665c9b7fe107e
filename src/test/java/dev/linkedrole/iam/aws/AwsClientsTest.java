package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.testing.aws.LocalAws;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.retries.AdaptiveRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** Properties common to all clients. */
@Tag("aws")
class AwsClientsTest {

    private static final AcquireInitialTokenRequest CALL = AcquireInitialTokenRequest.create("a call");
    private static final int CALLS = 50;

    private final AwsClients clients =
            new AwsClients(new CallLimits(3, Duration.ofSeconds(30), Duration.ofSeconds(60)));

    @BeforeAll
    static void there_is_a_region() {
        LocalAws.require();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void before_an_account_throttles_nothing_is_slowed_down() {
        assertThat(waitOfMany(ofSession("111122223333"))).isZero();
    }

    @Test
    void throttling_slows_all_sessions_of_an_account_and_no_other_account() {
        // When
        throttle(ofSession("111122223333"));

        // Then
        assertThat(waitOfMany(ofSession("111122223333"))).isPositive();
        assertThat(waitOfMany(of(clients.iam("111122223333")))).isPositive();
        assertThat(waitOfMany(ofSession("444455556666"))).isZero();
        assertThat(waitOfMany(of(clients.iam("444455556666")))).isZero();
    }

    @Test
    void a_concurrent_change_is_retried_and_a_rejected_one_is_not() {
        RetryStrategy strategy = ofSession("111122223333");
        assertThatCode(() -> fail(strategy, 409, "ConcurrentModification")).doesNotThrowAnyException();
        assertThatThrownBy(() -> fail(strategy, 409, "LimitExceeded"))
                .isInstanceOf(TokenAcquisitionFailedException.class);
    }

    @Test
    void a_call_is_made_as_often_as_is_configured() {
        assertThat(ofSession("111122223333"))
                .isInstanceOf(AdaptiveRetryStrategy.class)
                .satisfies(strategy -> assertThat(strategy.maxAttempts()).isEqualTo(3));
    }

    private RetryStrategy ofSession(String account) {
        try (IamAsyncClient iam = clients.iam(AnonymousCredentialsProvider.create(), account)) {
            return of(iam);
        }
    }

    private static RetryStrategy of(IamAsyncClient iam) {
        return iam.serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .orElseThrow();
    }

    private static void throttle(RetryStrategy strategy) {
        fail(strategy, 400, "Throttling");
    }

    /** Requests a retry of a call that failed with this error. */
    private static void fail(RetryStrategy strategy, int status, String code) {
        RetryToken token = strategy.acquireInitialToken(CALL).token();
        strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                .token(token)
                .failure(IamException.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("as the model says")
                                .build())
                        .build())
                .build());
    }

    /** Returns the total wait of some concurrent calls. */
    private static Duration waitOfMany(RetryStrategy strategy) {
        return IntStream.range(0, CALLS)
                .mapToObj(call -> strategy.acquireInitialToken(CALL).delay())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
