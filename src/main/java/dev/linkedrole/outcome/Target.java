package dev.linkedrole.outcome;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.arns.Arn;

/** Destination of published outcomes. */
sealed interface Target {

    /** Region of the target; empty if its address does not name one, which means the service's own region. */
    Optional<String> region();

    /** An SNS topic. */
    record Topic(String arn) implements Target {
        @Override
        public Optional<String> region() {
            return Arn.fromString(arn).region();
        }

        boolean fifo() {
            return arn.endsWith(FIFO);
        }
    }

    /** An EventBridge event bus. */
    record Bus(String arn) implements Target {
        @Override
        public Optional<String> region() {
            return Arn.fromString(arn).region();
        }
    }

    /**
     * An SQS queue.
     *
     * @param url its URL, if it is configured by its URL
     */
    record Queue(String name, String account, Optional<String> region, Optional<String> url) implements Target {
        boolean fifo() {
            return name.endsWith(FIFO);
        }
    }

    String FIFO = ".fifo";

    /** Host in a queue's URL, such as that of {@code https://sqs.us-west-2.amazonaws.com/111122223333/outcomes}. */
    Pattern QUEUE_HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    /** Parses the configured target, whose form was checked before. */
    static Target parse(String configured) {
        if (!configured.startsWith("arn:")) {
            return ofUrl(URI.create(configured));
        }
        Arn arn = Arn.fromString(configured);
        return switch (arn.service()) {
            case "sns" -> new Topic(configured);
            case "events" -> new Bus(configured);
            default -> new Queue(arn.resourceAsString(), arn.accountId().orElseThrow(), arn.region(), Optional.empty());
        };
    }

    /** Parses a queue's URL. Its last two path segments are the account and the name, wherever the queue is. */
    private static Queue ofUrl(URI url) {
        List<String> path = List.of(url.getPath().split("/", -1));
        Matcher host = QUEUE_HOST.matcher(Optional.ofNullable(url.getHost()).orElse(""));
        return new Queue(
                path.get(path.size() - 1),
                path.get(path.size() - 2),
                host.matches() ? Optional.ofNullable(host.group(1)) : Optional.empty(),
                Optional.of(url.toString()));
    }
}
