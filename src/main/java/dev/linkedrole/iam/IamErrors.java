package dev.linkedrole.iam;

import dev.linkedrole.iam.IamCallException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What IAM's error codes mean here.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">IAM's common errors</a>
 */
final class IamErrors {

    private IamErrors() {}

    static IamCallException classify(String operation, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AwsServiceException service) {
            String code = code(service);
            return new IamCallException(
                    kindOf(code, service),
                    "IAM answered " + operation + " with " + code + ": " + detail(service),
                    cause);
        }
        // No answer: the network, a time-out, no credentials to be had. Whether it took effect nobody knows.
        Kind kind =
                cause instanceof SdkException || cause instanceof java.io.IOException ? Kind.TRANSIENT : Kind.REFUSED;
        return new IamCallException(kind, "IAM did not answer " + operation + ": " + cause.getMessage(), cause);
    }

    private static Kind kindOf(String code, AwsServiceException failure) {
        return switch (code) {
            case "EntityAlreadyExists", "EntityAlreadyExistsException" -> Kind.ALREADY_EXISTS;
            case "NoSuchEntity", "NoSuchEntityException" -> Kind.NOT_FOUND;
            case "DeleteConflict", "DeleteConflictException" -> Kind.DELETE_CONFLICT;
            case "ConcurrentModification",
                    "ConcurrentModificationException",
                    "EntityTemporarilyUnmodifiable",
                    "ServiceFailure",
                    "ExpiredToken",
                    "RequestExpired" -> Kind.TRANSIENT;
            default -> failure.isThrottlingException() || failure.statusCode() >= 500 ? Kind.TRANSIENT : Kind.REFUSED;
        };
    }

    private static String code(AwsServiceException failure) {
        return Optional.ofNullable(failure.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("HTTP " + failure.statusCode());
    }

    private static String detail(AwsServiceException failure) {
        return Optional.ofNullable(failure.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("no further detail");
    }
}
