package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollector;

/** Requests to IAM as they are counted, from the SDK's metrics. */
class RequestMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMetrics metrics = new RequestMetrics(registry);
    private final MetricCollector call = MetricCollector.create("ApiCall");

    @ParameterizedTest
    @CsvSource({
        "200, ok",
        "400, rejected",
        "403, denied",
        "404, not-found",
        "409, conflict",
        "500, failed",
        "503, failed",
    })
    void a_request_is_counted_by_its_status(int status, String outcome) {
        // When
        begin();
        attempt(status, "");
        metrics.publish(call.collect());

        // Then
        assertThat(requests(outcome)).isOne();
    }

    @Test
    void each_attempt_counts_and_throttling_is_told_apart() {
        // When
        begin();
        attempt(400, "Throttling");
        attempt(200, "");
        metrics.publish(call.collect());

        // Then
        assertThat(requests("throttled")).isOne();
        assertThat(requests("ok")).isOne();
        assertThat(requests("rejected")).isZero();
    }

    @Test
    void a_call_without_an_answer_counts_too() {
        // When one attempt has no answer, and one call has not even an attempt
        begin();
        call.createChild("ApiCallAttempt").reportMetric(CoreMetric.ERROR_TYPE, "IO");
        metrics.publish(call.collect());
        MetricCollector none = MetricCollector.create("ApiCall");
        name(none);
        metrics.publish(none.collect());

        // Then
        assertThat(requests("unanswered")).isEqualTo(2);
    }

    @Test
    void every_operation_has_its_series_from_the_start() {
        assertThat(registry.find("linked.role.aws.requests").counters())
                .hasSize((IamCall.values().length + 2) * RequestMetrics.Outcome.values().length);
    }

    private void begin() {
        name(call);
    }

    private static void name(MetricCollector collector) {
        collector.reportMetric(CoreMetric.SERVICE_ID, "IAM");
        collector.reportMetric(CoreMetric.OPERATION_NAME, "GetRole");
    }

    private void attempt(int status, String error) {
        MetricCollector attempt = call.createChild("ApiCallAttempt");
        attempt.reportMetric(HttpMetric.HTTP_STATUS_CODE, status);
        if (!error.isEmpty()) {
            attempt.reportMetric(CoreMetric.ERROR_TYPE, error);
        }
    }

    private double requests(String outcome) {
        return registry.get("linked.role.aws.requests")
                .tags("service", "iam", "operation", "GetRole", "outcome", outcome)
                .counter()
                .count();
    }
}
