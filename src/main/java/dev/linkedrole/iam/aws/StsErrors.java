package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.retry.FailureText;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Maps STS's error codes to kinds of failure.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS's common errors</a>
 */
final class StsErrors {

    /** Codes that are temporary: the controller's own credentials are being renewed. */
    private static final Set<String> PASSING = Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");

    private StsErrors() {}

    /** @param operation the operation and its subject */
    static IamCallException classify(String operation, Throwable failure) {
        Throwable cause = FailureText.unwrapped(failure);
        if (cause instanceof IamCallException known) {
            return known;
        }
        if (!(cause instanceof AwsServiceException service)) {
            return new IamCallException(
                    Kind.TRANSIENT, "STS did not answer " + operation + ": " + FailureText.of(cause), cause);
        }
        Optional<AwsErrorDetails> details = Optional.ofNullable(service.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP " + service.statusCode());
        boolean passing = service.isThrottlingException() || service.statusCode() >= 500 || PASSING.contains(code);
        return new IamCallException(
                passing ? Kind.TRANSIENT : Kind.UNREACHABLE,
                "STS answered " + operation + " with " + code + ": "
                        + details.map(AwsErrorDetails::errorMessage).orElse("no further detail"),
                cause);
    }
}
