package dev.linkedrole.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.linkedrole.testing.aws.LocalAws;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A failure is one line that begins with the cause and names the call. */
class FailureTextTest {

    @Test
    void advice_for_those_who_write_a_client_is_left_out() {
        // Given what the SDK says of a connection that was closed
        SdkClientException closed = SdkClientException.create(
                "Unable to execute HTTP request: The connection was closed"
                        + " during the request. The request will usually succeed on a retry, but if it does not: consider disabling"
                        + " any proxies you have configured, enabling debug logging, or performing a TCP dump to identify the root"
                        + " cause. Channel Information: ChannelDiagnostics(channel=[id: 0x1723a8f4], channelAge=PT0.22S)");

        // Then
        assertThat(FailureText.of(closed)).isEqualTo("The connection was closed during the request");
    }

    @Test
    void a_rejected_connection_is_said_with_the_service_and_the_call() {
        // Given a client of an address where nobody listens
        int port = LocalAws.freePort();
        try (SqsAsyncClient sqs = SqsAsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(all -> all.apiCallTimeout(Duration.ofSeconds(20)))
                .build()) {
            // When
            Throwable failure = catchThrowable(() -> sqs.listQueues().join());

            // Then
            assertThat(FailureText.of(failure))
                    .isEqualTo("Connection refused: /127.0.0.1:" + port + " (Sqs ListQueues)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acquire operation took longer than the configured maximum time. This indicates that a request cannot get a"
                        + " connection from the pool within the specified maximum time. This can be due to high request rate.",
                "Maximum pending connection acquisitions exceeded. The request rate is too high"
            })
    void of_attempts_that_found_no_connection_the_one_before_them_says_why(String full) {
        // Given a last attempt that waited for a connection, after one that was rejected
        SdkClientException failure =
                SdkClientException.create("Unable to execute HTTP request: " + full, new Throwable(full));
        failure.addSuppressed(SdkClientException.create(
                "Request attempt 1 failure: Unable to execute HTTP request: Connection refused: /127.0.0.1:1"));

        // Then
        assertThat(FailureText.of(new CompletionException(failure))).isEqualTo("Connection refused: /127.0.0.1:1");
    }

    @Test
    void what_aws_answered_is_its_code_and_its_words() {
        SqsException answer = (SqsException) SqsException.builder()
                .message("not told")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("QueueDoesNotExist")
                        .errorMessage("The specified queue does not exist.\n")
                        .build())
                .build();

        assertThat(FailureText.of(new IllegalStateException("cannot be found", answer)))
                .isEqualTo("QueueDoesNotExist: The specified queue does not exist.");
    }

    @Test
    void any_other_failure_is_its_deepest_cause() {
        assertThat(FailureText.of(new IllegalStateException("outer", new ConnectException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(FailureText.of(new IllegalStateException("outer"))).isEqualTo("outer");
        assertThat(FailureText.of(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(FailureText.of(new IllegalStateException("x\ny".repeat(1_000))))
                .hasSizeLessThan(510)
                .doesNotContain("\n");
    }
}
