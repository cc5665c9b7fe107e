package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.retry.FailureText;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps IAM's error codes to kinds of failure.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">IAM's common errors</a>
 */
final class IamErrors {

    /** Suffix of error codes that some services add and others do not. */
    private static final String SUFFIX = "Exception";

    private static final String SIMULTANEOUS = "ConcurrentModification";

    /** Status with which an emulator answers an operation that it does not have, under any code. */
    private static final int NOT_IMPLEMENTED = 501;

    /**
     * Codes with the same meaning for every call, or of calls without an entry in {@link IamCall}. Other codes are
     * classified by their status, and by the SDK's list of throttling errors.
     */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            // The role differs from the assumed state: it is read and planned again.
            Map.entry("EntityAlreadyExists", Kind.ALREADY_EXISTS),
            Map.entry("NoSuchEntity", Kind.NOT_FOUND),
            Map.entry("DeleteConflict", Kind.DELETE_CONFLICT),
            Map.entry("LimitExceeded", Kind.LIMIT_EXCEEDED),
            // Only others can change the entity.
            Map.entry("UnmodifiableEntity", Kind.PROTECTED),
            // A retry may succeed.
            Map.entry(SIMULTANEOUS, Kind.TRANSIENT),
            Map.entry("EntityTemporarilyUnmodifiable", Kind.TRANSIENT),
            Map.entry("ServiceFailure", Kind.TRANSIENT),
            Map.entry("InternalFailure", Kind.TRANSIENT),
            Map.entry("InternalError", Kind.TRANSIENT),
            Map.entry("ServiceUnavailable", Kind.TRANSIENT),
            Map.entry("Throttling", Kind.TRANSIENT),
            Map.entry("RequestLimitExceeded", Kind.TRANSIENT),
            Map.entry("RequestTimeout", Kind.TRANSIENT),
            Map.entry("RequestAborted", Kind.TRANSIENT),
            // Credentials or the clock are being renewed.
            Map.entry("ExpiredToken", Kind.TRANSIENT),
            Map.entry("RequestExpired", Kind.TRANSIENT),
            Map.entry("TokenRefreshRequired", Kind.TRANSIENT),
            // Unknown credentials, which concern the whole account.
            Map.entry("InvalidClientTokenId", Kind.UNREACHABLE),
            Map.entry("UnrecognizedClient", Kind.UNREACHABLE),
            Map.entry("InvalidAccessKeyId", Kind.UNREACHABLE),
            Map.entry("InvalidToken", Kind.UNREACHABLE),
            // Only a person can change this.
            Map.entry("AccessDenied", Kind.REFUSED),
            Map.entry("NotAuthorized", Kind.REFUSED),
            Map.entry("OptInRequired", Kind.REFUSED),
            Map.entry("MissingAuthenticationToken", Kind.REFUSED),
            Map.entry("IncompleteSignature", Kind.REFUSED),
            Map.entry("SignatureDoesNotMatch", Kind.REFUSED),
            Map.entry("InvalidAction", Kind.REFUSED),
            Map.entry("InvalidInput", Kind.REFUSED),
            Map.entry("InvalidParameterCombination", Kind.REFUSED),
            Map.entry("InvalidParameterValue", Kind.REFUSED),
            Map.entry("MissingParameter", Kind.REFUSED),
            Map.entry("MalformedPolicyDocument", Kind.REFUSED),
            Map.entry("PolicyNotAttachable", Kind.REFUSED),
            Map.entry("ServiceNotSupported", Kind.REFUSED),
            Map.entry("ValidationError", Kind.REFUSED));

    /** Codes that say that the credentials of a call are expired or invalid. */
    private static final Set<String> OF_DEAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "RequestExpired",
            "TokenRefreshRequired",
            "InvalidClientTokenId",
            "UnrecognizedClient",
            "InvalidAccessKeyId",
            "InvalidToken");

    private IamErrors() {}

    /** True if IAM does not accept the credentials of the call, so that other credentials may help. */
    static boolean isOfDeadCredentials(Throwable failure) {
        return failure instanceof IamCallException iam
                && iam.getCause() instanceof AwsServiceException service
                && OF_DEAD_CREDENTIALS.contains(bare(code(service)));
    }

    static IamCallException classify(String operation, Throwable failure) {
        Throwable cause = FailureText.unwrapped(failure);
        if (cause instanceof AwsServiceException service) {
            String code = code(service);
            return new IamCallException(
                    kindOf(operation, code, service),
                    "IAM answered " + operation + " with " + code + ": " + detail(service),
                    cause);
        }
        // No answer: the network, a time-out, no credentials. The effect of the call is unknown.
        Kind kind =
                cause instanceof SdkException || cause instanceof java.io.IOException ? Kind.TRANSIENT : Kind.REFUSED;
        return new IamCallException(kind, "IAM did not answer " + operation + ": " + FailureText.of(cause), cause);
    }

    /** True if a change was rejected only because another change of the same entity was in progress. */
    static boolean isSimultaneous(Throwable failure) {
        return failure instanceof AwsServiceException service && code(service).startsWith(SIMULTANEOUS);
    }

    private static Kind kindOf(String operation, String code, AwsServiceException failure) {
        Kind known = IamCall.kindOf(operation, bare(code)).orElse(KINDS.get(bare(code)));
        if (code.startsWith("InvalidInput") && isNameTaken(failure)) {
            return Kind.ALREADY_EXISTS;
        }
        if (known != null && failure.statusCode() != NOT_IMPLEMENTED) {
            return known;
        }
        boolean mayPass = failure.isThrottlingException() || failure.statusCode() >= 500;
        return mayPass && failure.statusCode() != NOT_IMPLEMENTED ? Kind.TRANSIENT : Kind.REFUSED;
    }

    private static String bare(String code) {
        return code.endsWith(SUFFIX) ? code.substring(0, code.length() - SUFFIX.length()) : code;
    }

    /** True if IAM objects to the name of a service-linked role, which it reports with a code of many meanings. */
    private static boolean isNameTaken(AwsServiceException failure) {
        return detail(failure).contains("has been taken in this account");
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
