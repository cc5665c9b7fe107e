package dev.linkedrole.iam.aws;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * Counter of the requests to IAM and STS by operation and outcome, fed by the SDK's own metrics. Each attempt of a call
 * is a request of its own. The series of IAM's operations exist from the start.
 */
public final class RequestMetrics implements MetricPublisher {

    /** Operations of STS in use. */
    private static final List<String> OF_STS = List.of("AssumeRole", "GetCallerIdentity");

    private static final String IAM = "iam";
    private static final String STS = "sts";

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FIRST_OF_CLIENT = 400;
    private static final int FIRST_OF_SERVER = 500;

    /** Name that the SDK gives to errors which it takes for throttling. */
    private static final String THROTTLING = "Throttling";

    /** Outcomes of a request. The words are part of what operators rely on: add, never rename. */
    enum Outcome {
        /** The request succeeded. */
        OK,
        /** The entity does not exist. */
        NOT_FOUND,
        /** The entity exists already, is in use, has reached a limit, or is being changed by another request. */
        CONFLICT,
        /** The credentials lack the permission. */
        DENIED,
        /** The account sends too many requests. */
        THROTTLED,
        /** The request is invalid for another reason. */
        REJECTED,
        /** The service failed. */
        FAILED,
        /** No answer came: the network, a time-out, or no credentials to ask with. */
        UNANSWERED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final MeterRegistry registry;

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            for (IamCall call : IamCall.values()) {
                requests(IAM, call.operation(), outcome);
            }
            for (String operation : OF_STS) {
                requests(STS, operation, outcome);
            }
        }
    }

    private Counter requests(String service, String operation, Outcome outcome) {
        return Counter.builder("linked.role.aws.requests")
                .description("Requests to IAM and STS, each attempt of a call by itself, by operation and outcome.")
                .tag("service", service)
                .tag("operation", operation)
                .tag("outcome", outcome.word())
                .register(registry);
    }

    @Override
    public void publish(MetricCollection call) {
        String service = first(call, CoreMetric.SERVICE_ID, "").toLowerCase(Locale.ROOT);
        String operation = first(call, CoreMetric.OPERATION_NAME, "");
        List<MetricCollection> attempts = call.children();
        if (attempts.isEmpty()) {
            requests(service, operation, Outcome.UNANSWERED).increment();
        }
        attempts.forEach(
                attempt -> requests(service, operation, outcome(attempt)).increment());
    }

    private static Outcome outcome(MetricCollection attempt) {
        if (first(attempt, CoreMetric.ERROR_TYPE, "").equals(THROTTLING)) {
            return Outcome.THROTTLED;
        }
        return attempt.metricValues(HttpMetric.HTTP_STATUS_CODE).stream()
                .reduce((earlier, last) -> last)
                .map(RequestMetrics::outcome)
                .orElse(Outcome.UNANSWERED);
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case FORBIDDEN -> Outcome.DENIED;
            case NOT_FOUND -> Outcome.NOT_FOUND;
            case CONFLICT -> Outcome.CONFLICT;
            default -> {
                if (status >= FIRST_OF_SERVER) {
                    yield Outcome.FAILED;
                }
                yield status >= FIRST_OF_CLIENT ? Outcome.REJECTED : Outcome.OK;
            }
        };
    }

    private static <T> T first(MetricCollection collection, SdkMetric<T> metric, T otherwise) {
        return collection.metricValues(metric).stream().findFirst().orElse(otherwise);
    }

    /** Does nothing: the registry is not this object's to close. */
    @Override
    public void close() {}
}
