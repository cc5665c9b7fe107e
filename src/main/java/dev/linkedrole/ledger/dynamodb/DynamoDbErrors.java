package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.LedgerException;
import dev.linkedrole.ledger.LedgerException.Kind;
import dev.linkedrole.retry.FailureText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Translation of the SDK's failures into those of the ports; callers of the ports see no failure of the SDK. */
public final class DynamoDbErrors {

    private static final int SERVER_ERRORS = 500;

    private static final Set<String> THROTTLED = Set.of("ThrottlingError", "ProvisionedThroughputExceeded");

    /** Codes of denied access: the caller lacks a permission, for whatever request. */
    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");

    private DynamoDbErrors() {}

    public static <T> Uni<T> translated(Uni<T> answer) {
        return answer.onFailure().transform(DynamoDbErrors::translate);
    }

    public static <T> Multi<T> translated(Multi<T> answers) {
        return answers.onFailure().transform(DynamoDbErrors::translate);
    }

    /** Translates a failure of the SDK; any other is returned as it is. */
    public static Throwable translate(Throwable failure) {
        Throwable cause = FailureText.unwrapped(failure);
        return cause instanceof SdkException sdk ? new LedgerException(kindOf(sdk), sdk) : failure;
    }

    private static Kind kindOf(SdkException failure) {
        return switch (failure) {
            case SdkClientException unreachable -> Kind.UNAVAILABLE;
            case ResourceNotFoundException missing -> Kind.TABLE_MISSING;
            case TransactionCanceledException cancelled -> isThrottled(cancelled) ? Kind.THROTTLED : Kind.CONFLICT;
            case SdkServiceException rejected -> kindOf(rejected);
            default -> Kind.REFUSED;
        };
    }

    private static Kind kindOf(SdkServiceException rejected) {
        if (rejected.isThrottlingException()) {
            return Kind.THROTTLED;
        }
        if (rejected.statusCode() >= SERVER_ERRORS) {
            return Kind.UNAVAILABLE;
        }
        return isDenied(rejected) ? Kind.ACCESS_DENIED : Kind.REFUSED;
    }

    private static boolean isThrottled(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch(THROTTLED::contains);
    }

    private static boolean isDenied(SdkServiceException rejected) {
        return rejected instanceof DynamoDbException coded
                && Optional.ofNullable(coded.awsErrorDetails())
                        .filter(details -> DENIED.contains(details.errorCode()))
                        .isPresent();
    }
}
