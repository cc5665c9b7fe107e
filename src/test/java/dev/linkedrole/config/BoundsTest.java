package dev.linkedrole.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting has bounds, and the message on a value outside names the value and the bounds. */
class BoundsTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    /** A setting with its bounds, and the nearest values outside of them. */
    record Bounded(String property, String least, String most, String below, String above) {}

    private static final List<Bounded> BOUNDED = List.of(
            new Bounded("linked-role.managed-policies", "0", "20", "-1", "21"),
            new Bounded("linked-role.guard.changes", "0", "1000000", "-1", "1000001"),
            new Bounded("linked-role.intake.concurrency", "1", "1024", "0", "1025"),
            new Bounded("linked-role.intake.max-concurrent-receives", "1", "64", "0", "65"),
            new Bounded("linked-role.intake.max-in-flight", "1", "10000", "0", "10001"),
            new Bounded("linked-role.intake.long-poll", "0s", "20s", "-1s", "21s"),
            new Bounded("linked-role.intake.first-backoff", "1ms", "12h", "0s", "43201s"),
            new Bounded("linked-role.intake.longest-backoff", "1ms", "12h", "0s", "43201s"),
            new Bounded("linked-role.intake.clock-tolerance", "0s", "365d", "-1s", "8761h"),
            new Bounded("linked-role.intake.shutdown-timeout", "0s", "25s", "-1s", "26s"),
            new Bounded("linked-role.intake.refresh-every", "100ms", "1h", "99ms", "3601s"),
            new Bounded("linked-role.resync.every", "1s", "24h", "0s", "25h"),
            new Bounded("linked-role.resync.concurrency", "1", "32", "0", "33"),
            new Bounded("linked-role.resync.quiet-period", "1m", "365d", "59s", "8761h"),
            new Bounded("linked-role.iam.attempts", "1", "20", "0", "21"),
            new Bounded("linked-role.iam.attempt-timeout", "100ms", "1m", "99ms", "61s"),
            new Bounded("linked-role.iam.timeout", "100ms", "5m", "99ms", "301s"),
            new Bounded("linked-role.iam.deletion-timeout", "0s", "5m", "-1s", "301s"),
            new Bounded("linked-role.iam.stall-threshold", "10ms", "1m", "0s", "61s"),
            new Bounded("linked-role.iam.sessions", "1", "100000", "0", "100001"),
            new Bounded("linked-role.outcomes.retry-every", "1s", "1h", "0s", "3601s"),
            new Bounded("linked-role.connect.every", "0s", "31d", "-1s", "745h"));

    private static Stream<Bounded> bounded() {
        return BOUNDED.stream();
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void what_is_on_its_bounds_is_taken_and_what_is_outside_is_not(Bounded setting) {
        assertThat(problems(setting.property(), setting.least())).isEmpty();
        assertThat(problems(setting.property(), setting.most())).isEmpty();
        String allowed = " must be from " + setting.least() + " to " + setting.most() + ", not ";
        assertThat(problems(setting.property(), setting.below()).stream().map(BoundsTest::withoutWhole))
                .containsExactly(setting.property() + allowed + setting.below());
        assertThat(problems(setting.property(), setting.above()).stream().map(BoundsTest::withoutWhole))
                .containsExactly(setting.property() + allowed + setting.above());
    }

    private static String withoutWhole(String problem) {
        return problem.replace("whole seconds ", "");
    }

    @Test
    void every_number_and_every_duration_has_bounds() {
        // When
        Set<String> unbounded = new TreeSet<>();
        collect(ControllerConfig.class, "linked-role", unbounded);

        // Then
        assertThat(unbounded)
                .isEqualTo(BOUNDED.stream().map(Bounded::property).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static void collect(Class<?> mapping, String prefix, Set<String> into) {
        for (Method method : mapping.getMethods()) {
            String name =
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            if (method.getReturnType() == int.class || method.getReturnType() == Duration.class) {
                into.add(name);
            } else if (method.getReturnType().isInterface() && method.getReturnType() != Map.class) {
                collect(method.getReturnType(), name, into);
            }
        }
    }

    @Test
    void a_poll_is_whole_seconds_as_sqs_has_them() {
        assertThat(problems("linked-role.intake.long-poll", "500ms"))
                .containsExactly("linked-role.intake.long-poll must be whole seconds from 0s to 20s, not 500ms");
    }

    @ParameterizedTest
    @CsvSource({
        "linked-role.table, t, must be the name of a DynamoDB table",
        "linked-role.owner, a!, must be what IAM takes as the value of a tag",
        "linked-role.path, no-slash, 'must begin and end with a slash, as IAM''s paths do'",
        "linked-role.outcomes.target, outcomes, 'must be the ARN of an SNS topic, an EventBridge bus or an SQS queue, or the URL of an SQS queue'",
        "linked-role.queues.feature-enabled, a b, must be the name of an SQS queue",
    })
    void a_word_that_is_not_what_it_has_to_be_is_quoted(String property, String value, String allowed) {
        assertThat(problems(property, value)).containsExactly(property + " " + allowed + ", not \"" + value + "\"");
    }

    @Test
    void a_secret_is_not() {
        assertThat(problems("linked-role.api.token", "too-short"))
                .singleElement()
                .asString()
                .doesNotContain("too-short");
    }

    @Test
    void all_faults_are_told_at_once() {
        assertThat(problems(Map.of(
                        "linked-role.resync.every", "0s",
                        "linked-role.iam.stall-threshold", "0s",
                        "linked-role.iam.attempts", "0")))
                .hasSize(3);
    }

    @Test
    void what_does_not_go_together_is_told_with_what_it_does_not_go_with() {
        assertThat(faults("linked-role.iam.timeout", "4999ms"))
                .containsExactly("linked-role.iam.timeout must be at least linked-role.iam.attempt-timeout,"
                        + " which is 5s, not 4999ms");
        assertThat(faults("linked-role.iam.timeout", "5s")).isEmpty();
        assertThat(faults("linked-role.intake.longest-backoff", "1s"))
                .containsExactly("linked-role.intake.longest-backoff must be at least linked-role.intake.first-backoff,"
                        + " which is 2s, not 1s");
        assertThat(faults("linked-role.intake.longest-backoff", "2s")).isEmpty();
        assertThat(faults("linked-role.intake.shutdown-timeout", "4999ms"))
                .containsExactly(
                        "linked-role.intake.shutdown-timeout must be at least linked-role.intake.long-poll, which is 5s, not 4999ms");
        assertThat(faults("linked-role.intake.shutdown-timeout", "5s")).isEmpty();
    }

    private static List<String> faults(String property, String value) {
        return ConfigConsistency.faults(
                builder(Map.of(property, value)).build().getConfigMapping(ControllerConfig.class));
    }

    @Test
    void the_check_of_amazon_connect_is_off_or_at_least_a_minute() {
        assertThat(faults("linked-role.connect.every", "off")).isEmpty();
        assertThat(faults("linked-role.connect.every", "0s")).isEmpty();
        assertThat(faults("linked-role.connect.every", "1m")).isEmpty();
        assertThat(faults("linked-role.connect.every", "59s"))
                .containsExactly("linked-role.connect.every must be off or at least 1m, not 59s");
        assertThat(problems("linked-role.connect.every", "never"))
                .singleElement()
                .asString()
                .contains("linked-role.connect.every", "never");
    }

    private static List<String> problems(String property, String value) {
        return problems(Map.of(property, value));
    }

    private static List<String> problems(Map<String, String> settings) {
        try {
            builder(settings).build();
            return List.of();
        } catch (ConfigValidationException invalid) {
            return IntStream.range(0, invalid.getProblemCount())
                    .mapToObj(i -> invalid.getProblem(i).getMessage())
                    .toList();
        }
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ControllerConfig.class)
                .withValidator(new ByBeanValidation())
                .withDefaultValues(settings);
    }

    private static final class ByBeanValidation implements BeanValidationConfigValidator {
        @Override
        public Validator getValidator() {
            return VALIDATOR;
        }
    }
}
