package dev.linkedrole.connect.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.retry.FailureText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps Amazon Connect's errors to kinds of failure.
 *
 * @see <a href="https://docs.aws.amazon.com/connect/latest/APIReference/CommonErrors.html">Amazon Connect's common
 *     errors</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization">errors in
 *     restJson1</a>
 */
final class ConnectErrors {

    /** Suffix of error codes that some services add and others do not. */
    private static final String SUFFIX = "Exception";

    private static final int TOO_MANY_REQUESTS = 429;

    /** Codes by their meaning. Others are classified by their status. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("Throttling", Kind.THROTTLED),
            Map.entry("TooManyRequests", Kind.THROTTLED),
            Map.entry("RequestLimitExceeded", Kind.THROTTLED),
            Map.entry("LimitExceeded", Kind.THROTTLED),
            Map.entry("SlowDown", Kind.THROTTLED),
            Map.entry("InternalService", Kind.UNAVAILABLE),
            Map.entry("InternalFailure", Kind.UNAVAILABLE),
            Map.entry("ServiceUnavailable", Kind.UNAVAILABLE),
            Map.entry("RequestTimeout", Kind.UNAVAILABLE),
            // The credentials are being renewed.
            Map.entry("ExpiredToken", Kind.UNAVAILABLE),
            Map.entry("RequestExpired", Kind.UNAVAILABLE),
            // Unknown credentials, which concern the whole account.
            Map.entry("UnrecognizedClient", Kind.UNREACHABLE),
            Map.entry("InvalidClientTokenId", Kind.UNREACHABLE),
            Map.entry("InvalidAccessKeyId", Kind.UNREACHABLE),
            Map.entry("InvalidToken", Kind.UNREACHABLE),
            Map.entry("InvalidSignature", Kind.UNREACHABLE),
            Map.entry("SignatureDoesNotMatch", Kind.UNREACHABLE),
            Map.entry("IncompleteSignature", Kind.UNREACHABLE),
            Map.entry("MissingAuthenticationToken", Kind.UNREACHABLE),
            Map.entry("OptInRequired", Kind.UNREACHABLE),
            Map.entry("AccessDenied", Kind.DENIED),
            Map.entry("ResourceNotFound", Kind.NOT_FOUND));

    /** Codes that tell of a session which is over, or of a key that no longer exists. */
    private static final Set<String> OF_DEAD_CREDENTIALS =
            Set.of("ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken");

    /** Codes that may tell of a wrong clock. */
    private static final Set<String> OF_A_WRONG_CLOCK = Set.of(
            "RequestTimeTooSkewed",
            "RequestExpired",
            "RequestInTheFuture",
            "InvalidSignature",
            "SignatureDoesNotMatch",
            "AuthFailure");

    /** Difference between two clocks from which AWS rejects signatures; AWS allows five minutes. */
    private static final Duration SKEW = Duration.ofMinutes(4);

    private ConnectErrors() {}

    /** Reads an answer that reports an error. */
    static ErrorAnswer read(HttpAnswer answer) {
        Optional<JsonNode> body = body(answer);
        String code = answer.head()
                .firstMatchingHeader("x-amzn-ErrorType")
                .or(() -> body.flatMap(json -> text(json, "__type")))
                .or(() -> body.flatMap(json -> text(json, "code")))
                .map(ConnectErrors::bare)
                .filter(name -> !name.isEmpty())
                .orElse("HTTP " + answer.head().statusCode());
        String message = body.flatMap(json -> text(json, "message").or(() -> text(json, "Message")))
                .orElse("no further detail");
        return new ErrorAnswer(answer.head().statusCode(), code, message);
    }

    /** Returns the body as JSON; empty if it is none, such as the page of a proxy. */
    private static Optional<JsonNode> body(HttpAnswer answer) {
        try {
            return Optional.of(ConnectJson.parse(answer.body()));
        } catch (ConnectCallException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }

    /** Returns the name of an error without what services write around it: a namespace before, an address after. */
    private static String bare(String code) {
        String name = code.substring(code.indexOf('#') + 1);
        int end = name.indexOf(':');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String withoutSuffix(String code) {
        return code.endsWith(SUFFIX) ? code.substring(0, code.length() - SUFFIX.length()) : code;
    }

    static ConnectCallException classify(String operation, ErrorAnswer error) {
        return new ConnectCallException(
                kindOf(error),
                "Amazon Connect answered " + operation + " with " + error.code() + ": " + error.getMessage(),
                error);
    }

    private static Kind kindOf(ErrorAnswer error) {
        Kind known = KINDS.get(withoutSuffix(error.code()));
        if (known != null) {
            return known;
        }
        return switch (error.status()) {
            case TOO_MANY_REQUESTS -> Kind.THROTTLED;
            case 401, 403 -> Kind.DENIED;
            default -> error.status() >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    /** Classifies a call without a readable answer: the network, a time-out, or a body that is too long. */
    static ConnectCallException unanswered(String operation, Throwable failure) {
        Throwable cause = FailureText.unwrapped(failure);
        if (cause instanceof ConnectCallException known) {
            return known;
        }
        if (cause instanceof HttpExchange.BodyTooLongException) {
            return new ConnectCallException(
                    Kind.MALFORMED, "the answer to " + operation + " cannot be read: " + cause.getMessage(), cause);
        }
        return new ConnectCallException(
                Kind.UNAVAILABLE, "Amazon Connect did not answer " + operation + ": " + FailureText.of(cause), cause);
    }

    /** Classifies a failure to get credentials for an account. */
    static ConnectCallException withoutCredentials(Throwable failure) {
        boolean passing = IamCallException.is(failure, IamCallException.Kind.TRANSIENT);
        return new ConnectCallException(
                passing ? Kind.UNAVAILABLE : Kind.UNREACHABLE, FailureText.of(failure), failure);
    }

    static boolean isOfDeadCredentials(Throwable failure) {
        return failure instanceof ConnectCallException connect
                && connect.getCause() instanceof ErrorAnswer error
                && OF_DEAD_CREDENTIALS.contains(withoutSuffix(error.code()));
    }

    /**
     * Returns by how much Amazon Connect's clock is ahead of this machine's, if that is why it rejected a request.
     *
     * @param signedAt time of the signature
     */
    static Optional<Duration> skew(HttpAnswer answer, ErrorAnswer error, Instant signedAt) {
        return OF_A_WRONG_CLOCK.contains(withoutSuffix(error.code()))
                ? answer.head()
                        .firstMatchingHeader("Date")
                        .flatMap(ConnectErrors::time)
                        .map(theirs -> Duration.between(signedAt, theirs))
                        .filter(skew -> skew.abs().compareTo(SKEW) > 0)
                : Optional.empty();
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
