package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import java.io.IOException;
import java.net.ConnectException;
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

/** The meaning of each failure of a call. */
class IamErrorsTest {

    /**
     * Every possible error code of the calls in use, with its source: the service reference of the operation (API),
     * IAM's common errors (common), the SDK's list of throttling errors (SDK), or an observed answer of an emulator.
     */
    @ParameterizedTest
    @CsvSource({
        // looked at again
        "EntityAlreadyExists,                409, ALREADY_EXISTS,  API CreateRole and CreatePolicy",
        "NoSuchEntity,                       404, NOT_FOUND,       API of all but Create",
        "DeleteConflict,                     409, DELETE_CONFLICT, API DeleteRole and DeletePolicy",
        "LimitExceeded,                      409, LIMIT_EXCEEDED,  API PutRolePolicy and others",
        // not ours
        "UnmodifiableEntity,                 400, PROTECTED,       API PutRolePolicy and others",
        // tried again
        "ConcurrentModification,             409, TRANSIENT,       API TagRole and others",
        "EntityTemporarilyUnmodifiable,      409, TRANSIENT,       API of IAM",
        "ServiceFailure,                     500, TRANSIENT,       API of all",
        "InternalFailure,                    500, TRANSIENT,       common",
        "InternalError,                      500, TRANSIENT,       SDK",
        "ServiceUnavailable,                 503, TRANSIENT,       common",
        "Throttling,                         400, TRANSIENT,       seen of IAM",
        "ThrottlingException,                400, TRANSIENT,       common",
        "ThrottledException,                 400, TRANSIENT,       SDK",
        "RequestLimitExceeded,               503, TRANSIENT,       SDK",
        "TooManyRequestsException,           429, TRANSIENT,       SDK",
        "RequestThrottled,                   400, TRANSIENT,       SDK",
        "SlowDown,                           503, TRANSIENT,       SDK",
        "RequestTimeoutException,            408, TRANSIENT,       common",
        "RequestAbortedException,            400, TRANSIENT,       common",
        "ExpiredToken,                       403, TRANSIENT,       seen of IAM",
        "ExpiredTokenException,              403, TRANSIENT,       common",
        "RequestExpired,                     400, TRANSIENT,       common",
        // no way in
        "InvalidClientTokenId,               403, UNREACHABLE,     common",
        "UnrecognizedClientException,        403, UNREACHABLE,     common",
        // for a person to mend
        "MalformedPolicyDocument,            400, REFUSED,         API PutRolePolicy and others",
        "InvalidInput,                       400, REFUSED,         API of most",
        "PolicyNotAttachable,                400, REFUSED,         API AttachRolePolicy",
        "ServiceNotSupportedException,       404, REFUSED,         API of IAM",
        "AccessDenied,                       403, REFUSED,         seen of IAM",
        "AccessDeniedException,              403, REFUSED,         common",
        "NotAuthorized,                      401, REFUSED,         common",
        "OptInRequired,                      403, REFUSED,         common",
        "MissingAuthenticationToken,         403, REFUSED,         common",
        "IncompleteSignature,                400, REFUSED,         common",
        "SignatureDoesNotMatch,              403, REFUSED,         seen of IAM",
        "InvalidAction,                      400, REFUSED,         common",
        "InvalidParameterCombination,        400, REFUSED,         common",
        "InvalidParameterValue,              400, REFUSED,         common",
        "MissingParameter,                   400, REFUSED,         common",
        "ValidationError,                    400, REFUSED,         common",
        // an operation that is not there
        "InternalFailure,                    501, REFUSED,         LocalStack",
        "NotImplemented,                     501, REFUSED,         moto",
    })
    void an_answer_means_what_its_code_says(String code, int status, Kind kind, String source) {
        // When
        IamCallException failure = IamErrors.classify("PutRolePolicy", answer(code, status));

        // Then
        assertThat(failure.kind()).as(source).isEqualTo(kind);
        assertThat(failure).hasMessage("IAM answered PutRolePolicy with " + code + ": because");
    }

    /** Errors of STS's AssumeRole and GetCallerIdentity. */
    @ParameterizedTest
    @CsvSource({
        "AccessDenied,               403, UNREACHABLE, common: no such role or no trust in us",
        "InvalidClientTokenId,       403, UNREACHABLE, common",
        "SignatureDoesNotMatch,      403, UNREACHABLE, seen of STS",
        "RegionDisabledException,    403, UNREACHABLE, API AssumeRole",
        "PackedPolicyTooLarge,       400, UNREACHABLE, API AssumeRole",
        "ValidationError,            400, UNREACHABLE, common",
        "ExpiredTokenException,      403, TRANSIENT,   common: our own are being renewed",
        "RequestExpired,             400, TRANSIENT,   common",
        "Throttling,                 400, TRANSIENT,   seen of STS",
        "InternalFailure,            500, TRANSIENT,   common",
        "ServiceUnavailable,         503, TRANSIENT,   common",
    })
    void without_credentials_there_is_no_way_in_unless_that_passes(String code, int status, Kind kind, String source) {
        assertThat(StsErrors.classify("AssumeRole", answer(code, status)).kind())
                .as(source)
                .isEqualTo(kind);
    }

    @Test
    void what_kept_sts_from_answering_is_said_by_its_root_cause() {
        // Given
        Throwable away = SdkClientException.create(
                "Unable to execute HTTP request: high request rate", new ConnectException("Connection refused"));

        // Then
        assertThat(StsErrors.classify("AssumeRole", away))
                .hasMessage("STS did not answer AssumeRole: Connection refused");
    }

    @ParameterizedTest
    @CsvSource({
        "ALREADY_EXISTS,  false",
        "NOT_FOUND,       false",
        "DELETE_CONFLICT, false",
        "TRANSIENT,       false",
        "NAME_TAKEN,      true",
        "PROTECTED,       true",
        "LIMIT_EXCEEDED,  true",
        "REFUSED,         true",
        "REFERENCE_MISSING, true",
        "UNREACHABLE,     true",
    })
    void what_only_a_person_can_change_becomes_a_condition(Kind kind, boolean isFinal) {
        assertThat(new IamCallException(kind, "because").isFinal()).isEqualTo(isFinal);
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
