package dev.linkedrole.ledger.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.LedgerException;
import dev.linkedrole.ledger.LedgerException.Kind;
import dev.linkedrole.retry.FailureText;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** DynamoDB's failures as callers of the ledger see them. */
class DynamoDbErrorsTest {

    private final AwsServiceException denied = answer("AccessDeniedException", 400);

    @Test
    void each_failure_is_of_the_kind_that_it_tells_of() {
        Map<Throwable, Kind> kinds = Map.of(
                SdkClientException.create("no route to host"),
                Kind.UNAVAILABLE,
                answer("InternalServerError", 500),
                Kind.UNAVAILABLE,
                answer("ThrottlingException", 400),
                Kind.THROTTLED,
                answer("ProvisionedThroughputExceededException", 400),
                Kind.THROTTLED,
                cancelled("ThrottlingError"),
                Kind.THROTTLED,
                cancelled("TransactionConflict"),
                Kind.CONFLICT,
                ResourceNotFoundException.builder().message("no table").build(),
                Kind.TABLE_MISSING,
                denied,
                Kind.ACCESS_DENIED,
                answer("UnrecognizedClientException", 400),
                Kind.ACCESS_DENIED,
                answer("ValidationException", 400),
                Kind.REFUSED);

        kinds.forEach((failure, kind) -> assertThat(LedgerException.is(DynamoDbErrors.translate(failure), kind))
                .as("%s is %s", failure, kind)
                .isTrue());
    }

    @Test
    void those_tell_of_the_ledger_that_any_other_call_would_have_too() {
        assertThat(DynamoDbErrors.translate(denied)).matches(LedgerException::concernsLedger);
        assertThat(DynamoDbErrors.translate(cancelled("TransactionConflict")))
                .matches(failure -> !LedgerException.concernsLedger(failure));
        assertThat(denied).as("what is not translated").matches(failure -> !LedgerException.concernsLedger(failure));
    }

    @Test
    void a_failure_is_translated_once_and_its_own_is_left() {
        // Given
        Throwable known = DynamoDbErrors.translate(new CompletionException(denied));
        IllegalStateException own = new IllegalStateException("unreadable");

        // When, and then
        assertThat(DynamoDbErrors.translate(known)).isSameAs(known).hasCause(denied);
        assertThat(DynamoDbErrors.translate(own)).isSameAs(own);
    }

    @Test
    void the_line_for_people_is_the_same() {
        assertThat(FailureText.of(DynamoDbErrors.translate(denied))).isEqualTo(FailureText.of(denied));
        assertThat(FailureText.of(DynamoDbErrors.translate(SdkClientException.create("no route to host"))))
                .isEqualTo("no route to host");
    }

    private static AwsServiceException answer(String code, int status) {
        return DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("said so")
                        .build())
                .build();
    }

    private static TransactionCanceledException cancelled(String code) {
        return TransactionCanceledException.builder()
                .cancellationReasons(CancellationReason.builder().code(code).build())
                .build();
    }
}
