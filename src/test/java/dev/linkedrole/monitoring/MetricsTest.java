package dev.linkedrole.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AccountUsage;
import dev.linkedrole.monitoring.PromQl.LabelMatcher;
import dev.linkedrole.monitoring.PromQl.Selector;
import dev.linkedrole.reconcile.resync.AccountUsageMetrics;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Metrics of the running service: what they are called, and that pages, alerts and dashboard agree with it. */
@QuarkusTest
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class MetricsTest {

    private static final Path PAGE = Path.of("docs", "operations.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(linked_role_\\w+)` \\| (\\w+) \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");
    private static final Pattern SENTENCE = Pattern.compile("[A-Z1].{15,}\\.");

    /** Labels that Prometheus itself adds, and the bounds of buckets. */
    private static final Set<String> ADDED = Set.of("job", "instance", "le");

    @TestHTTPResource(value = "/metrics", management = true)
    @Nullable
    URI metrics;

    @Inject
    Producer producer;

    @Inject
    AccountUsageMetrics usages;

    @Test
    void each_metric_has_a_help_text_that_is_a_sentence() {
        assertThat(emitted().families())
                .hasSizeGreaterThan(30)
                .allSatisfy((name, family) -> assertThat(family.help()).as(name).matches(SENTENCE));
    }

    @Test
    void the_page_names_exactly_the_metrics_that_are_emitted() throws IOException {
        // Given
        Exposition emitted = emitted();
        SortedMap<String, String> actual = new TreeMap<>();
        emitted.families().forEach((name, family) -> actual.put(name, family.type() + " " + emitted.labelsOf(name)));

        // When
        SortedMap<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2) + " " + quoted(row.group(3))));

        // Then
        assertThat(documented).isEqualTo(actual);
    }

    private static Set<String> quoted(String labels) {
        Set<String> names = new TreeSet<>();
        QUOTED.matcher(labels).results().forEach(name -> names.add(name.group(1)));
        return names;
    }

    @Test
    void promtool_takes_them_for_well_formed_and_well_named() throws IOException {
        // Given
        Path file = Files.createTempFile("metrics", ".txt");
        try {
            Files.writeString(file, emitted().text());

            // When
            String said = Commands.run(
                    List.of("bash", "-c", "src/test/prometheus/promtool check metrics <\"$0\"", file.toString()),
                    Map.of());

            // Then
            assertThat(said.lines().filter(line -> !line.startsWith("promtool: ")))
                    .isEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void each_query_of_alerts_and_dashboard_finds_its_series_from_the_start() {
        Exposition emitted = emitted();
        assertThat(Queries.all()).hasSizeGreaterThan(30).allSatisfy((name, text) -> {
            PromQl query = PromQl.of(text);
            Set<String> labels = new HashSet<>(ADDED);
            assertThat(query.selectors()).as(name).isNotEmpty().allSatisfy(selector -> {
                assertThat(emitted.has(selector.metric())).as(selector.metric()).isTrue();
                labels.addAll(emitted.series(selector.metric()).keySet());
                matches(emitted, selector);
            });
            assertThat(labels).as(name).containsAll(query.grouped());
        });
    }

    private static void matches(Exposition emitted, Selector selector) {
        Map<String, Set<String>> series = emitted.series(selector.metric());
        for (LabelMatcher matcher : selector.matchers()) {
            if (!ADDED.contains(matcher.label())) {
                assertThat(series).as(selector.toString()).containsKey(matcher.label());
                Set<String> values = Objects.requireNonNull(series.get(matcher.label()));
                assertThat(values)
                        .as(selector.toString())
                        .containsAll(Arrays.asList(matcher.value().split("\\|")));
            }
        }
    }

    @Test
    void requests_to_iam_and_the_age_of_events_are_measured() {
        // When
        producer.sendAndAwait(Instance.random().created(0));

        // Then
        String text = emitted().text();
        assertThat(value(
                        text, "linked_role_aws_requests_total{operation=\"CreateRole\",outcome=\"ok\",service=\"iam\""))
                .isPositive();
        assertThat(value(text, "linked_role_event_age_seconds_count{channel=\"instance-created\""))
                .isPositive();
        assertThat(value(text, "linked_role_ready{check=\"ledger\"")).isOne();
        assertThat(value(text, "linked_role_ready{check=\"queues\"")).isOne();
        assertThat(value(text, "linked_role_build_info{catalog=\"amazon-connect\""))
                .isOne();
    }

    private static double value(String text, String beginning) {
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Exposition emitted() {
        // An account has its series once it is scanned, for which its roles have to be due.
        usages.note("111122223333", new AccountUsage(10, 1_000, 1, 1_500));
        return Exposition.of(RestAssured.given()
                .accept("text/plain")
                .get(Objects.requireNonNull(metrics))
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }
}
