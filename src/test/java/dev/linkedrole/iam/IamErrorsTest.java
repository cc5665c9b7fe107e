package dev.linkedrole.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.IamCallException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.iam.model.IamException;

/** What each way for a call to end badly means. */
class IamErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "Throttling,                      400, TRANSIENT",
        "ThrottlingException,             400, TRANSIENT",
        "RequestLimitExceeded,            503, TRANSIENT",
        "ConcurrentModification,          409, TRANSIENT",
        "EntityTemporarilyUnmodifiable,   409, TRANSIENT",
        "ServiceFailure,                  500, TRANSIENT",
        "InternalFailure,                 500, TRANSIENT",
        "ServiceUnavailable,              503, TRANSIENT",
        "ExpiredToken,                    403, TRANSIENT",
        "EntityAlreadyExists,             409, ALREADY_EXISTS",
        "NoSuchEntity,                    404, NOT_FOUND",
        "DeleteConflict,                  409, DELETE_CONFLICT",
        "LimitExceeded,                   409, REFUSED",
        "UnmodifiableEntity,              400, REFUSED",
        "MalformedPolicyDocument,         400, REFUSED",
        "InvalidInput,                    400, REFUSED",
        "ValidationError,                 400, REFUSED",
        "AccessDenied,                    403, REFUSED",
        "InvalidClientTokenId,            403, REFUSED",
    })
    void an_answer_means_what_its_code_says(String code, int status, Kind kind) {
        // When
        IamCallException failure = IamErrors.classify("PutRolePolicy", answer(code, status));

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("IAM answered PutRolePolicy with " + code + ": because");
    }

    static Stream<Map.Entry<Throwable, Kind>> withoutAnswer() {
        return Stream.of(
                Map.entry(SdkClientException.create("no route to host"), Kind.TRANSIENT),
                Map.entry(ApiCallTimeoutException.create(20_000), Kind.TRANSIENT),
                Map.entry(new IOException("connection reset"), Kind.TRANSIENT),
                Map.entry(new IllegalArgumentException("a fault of ours"), Kind.REFUSED));
    }

    @ParameterizedTest
    @MethodSource("withoutAnswer")
    void without_an_answer_it_may_succeed_later_unless_the_fault_is_ours(Map.Entry<Throwable, Kind> failure) {
        assertThat(IamErrors.classify("GetRole", failure.getKey()).kind()).isEqualTo(failure.getValue());
        assertThat(IamErrors.classify("GetRole", new CompletionException(failure.getKey()))
                        .kind())
                .isEqualTo(failure.getValue());
    }

    @Test
    void an_answer_without_a_code_goes_by_its_status() {
        assertThat(IamErrors.classify(
                        "GetRole", IamException.builder().statusCode(502).build()))
                .hasMessageContaining("HTTP 502")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT));
        assertThat(IamErrors.classify(
                                "GetRole",
                                IamException.builder().statusCode(418).build())
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    private static Throwable answer(String code, int status) {
        return IamException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("because")
                        .build())
                .build();
    }
}
