package dev.linkedrole.retry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.spi.LoggingEventBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Formats a failure as one line for logs and health: the root cause first, then the service and the call that failed.
 */
public final class FailureText {

    /** Maximum length of the text in characters; more would not help a reader. */
    private static final int MAX_LENGTH = 500;

    /** Maximum number of causes followed, since a chain of causes may be circular. */
    private static final int MAX_CAUSES = 20;

    /** Text that the SDK puts around the cause of an attempt. */
    private static final Pattern AROUND = Pattern.compile(
            "Request attempt \\d+ failure: |Unable to execute HTTP request: | ?\\(SDK Attempt Count: \\d+\\)| \\(Service: [^()]*\\)"
                    // Advice for developers of a client.
                    + "|[. ]+The request will usually succeed on a retry.*|[. ]+Consider taking any of the following actions.*",
            Pattern.DOTALL);

    /** Message of calls that found no free connection, since earlier ones could not connect or had no answer. */
    private static final Pattern FULL = Pattern.compile(
            "high request rate|Acquire operation took longer|Maximum pending connection acquisitions|connection pool",
            Pattern.CASE_INSENSITIVE);

    private FailureText() {}

    /** Formats the failure as one line. */
    public static String of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String said = causes.stream()
                .filter(AwsServiceException.class::isInstance)
                .findFirst()
                .map(service -> answered((AwsServiceException) service, causes))
                .orElseGet(() -> root(causes)
                        + call(causes).map(name -> " (" + name + ")").orElse(""));
        String line = (said + ownWords(causes))
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
    }

    /**
     * Adds the failure's stack trace to a log line where it is informative: not for answers of AWS, network failures,
     * or decisions of this service. The line's message should contain {@link #of}.
     */
    public static LoggingEventBuilder on(LoggingEventBuilder line, Throwable failure) {
        return isExpected(failure) ? line : line.setCause(failure);
    }

    private static boolean isExpected(Throwable failure) {
        return causes(failure).stream()
                .anyMatch(cause -> cause instanceof SdkException
                        || cause instanceof IOException
                        || cause instanceof TimeoutException
                        || cause instanceof io.smallrye.mutiny.TimeoutException
                        || isOwn(cause));
    }

    private static String answered(AwsServiceException failure, List<Throwable> causes) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(failure.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP " + failure.statusCode());
        String message = details.map(AwsErrorDetails::errorMessage)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> bare(failure));
        return code + ": " + message
                + call(causes).map(name -> " (" + name + ")").orElse("");
    }

    /** Returns the deepest cause; if attempts found no free connection, that of an attempt which failed otherwise. */
    private static String root(List<Throwable> causes) {
        List<String> said = Stream.concat(
                        causes.reversed().stream(),
                        causes.stream()
                                .flatMap(cause -> Stream.of(cause.getSuppressed()))
                                .filter(attempt -> !(attempt instanceof FailedCall)))
                .map(FailureText::bare)
                .toList();
        // A cause deep down says less than another with the same words that also names the address.
        String deepest = said.getFirst();
        return said.stream()
                .filter(text -> text.startsWith(deepest))
                .filter(text -> !FULL.matcher(text).find())
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .or(() ->
                        said.stream().filter(text -> !FULL.matcher(text).find()).reduce((a, b) -> b))
                .orElse(deepest);
    }

    /** Returns the message that this service has added to a failure, if it differs from the root cause's. */
    private static String ownWords(List<Throwable> causes) {
        List<String> own = causes.stream()
                .filter(FailureText::isOwn)
                .map(Throwable::getMessage)
                .map(String::valueOf)
                .distinct()
                .toList();
        return own.size() > 1 ? "; " + own.getFirst() : "";
    }

    private static boolean isOwn(Throwable failure) {
        return failure.getClass().getName().startsWith("dev.linkedrole.") && !(failure instanceof FailedCall);
    }

    private static String bare(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : AROUND.matcher(message).replaceAll("");
    }

    private static Optional<String> call(List<Throwable> causes) {
        return causes.stream()
                .flatMap(cause -> Stream.of(cause.getSuppressed()))
                .filter(FailedCall.class::isInstance)
                .map(Throwable::getMessage)
                .map(String::valueOf)
                .findFirst();
    }

    /** Returns the failure itself, without the exception that a {@code CompletableFuture} wraps around it. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Lists the causes from the outermost inwards, without exceptions that only wrap another one. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            if (!(cause instanceof CompletionException) || cause.getCause() == null) {
                causes.add(cause);
            }
        }
        return causes;
    }
}
