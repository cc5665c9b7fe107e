package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.retry.FailureText;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps IAM's error codes to kinds of failure.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">IAM's common errors</a>
 */
final class IamErrors {

    /** Some services say it, and some do not. */
    private static final String SUFFIX = "Exception";

    private static final String SIMULTANEOUS = "ConcurrentModification";

    /** Status with which an emulator answers an operation that it does not have, under any code. */
    private static final int NOT_IMPLEMENTED = 501;

    /** Every code that means the same of any call, or of none in {@link IamCall}; others go by their status, and by what the SDK takes for throttling. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            // The role is not as assumed: it is read again, and the plan made anew.
            Map.entry("EntityAlreadyExists", Kind.ALREADY_EXISTS),
            Map.entry("NoSuchEntity", Kind.NOT_FOUND),
            Map.entry("DeleteConflict", Kind.DELETE_CONFLICT),
            Map.entry("LimitExceeded", Kind.LIMIT_EXCEEDED),
            // Only others can change it.
            Map.entry("UnmodifiableEntity", Kind.PROTECTED),
            // Tried again.
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
            // Credentials that are just being renewed, or a clock that is just being set.
            Map.entry("ExpiredToken", Kind.TRANSIENT),
            Map.entry("RequestExpired", Kind.TRANSIENT),
            Map.entry("TokenRefreshRequired", Kind.TRANSIENT),
            // Unknown credentials, which concern the whole account.
            Map.entry("InvalidClientTokenId", Kind.UNREACHABLE),
            Map.entry("UnrecognizedClient", Kind.UNREACHABLE),
            Map.entry("InvalidAccessKeyId", Kind.UNREACHABLE),
            Map.entry("InvalidToken", Kind.UNREACHABLE),
            // Nothing but a person changes that.
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

    /** Every code that is about the credentials of a call, and says that they are no good any more, or never were. */
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
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AwsServiceException service) {
            String code = code(service);
            return new IamCallException(
                    kindOf(operation, code, service),
                    "IAM answered " + operation + " with " + code + ": " + detail(service),
                    cause);
        }
        // No answer: the network, a time-out, no credentials. Its effect is unknown.
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
