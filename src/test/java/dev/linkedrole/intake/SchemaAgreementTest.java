package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.PublishedSchemas;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schemas accept what the service accepts and reject what it rejects, except for rules that no schema can
 * express. Those are listed in docs/producers.md.
 */
class SchemaAgreementTest {

    /** Reasons that compare fields or count bytes, which no schema can express. */
    private static final Set<Rejection.Reason> BEYOND_SCHEMAS = Set.of(
            Rejection.Reason.OTHER_PARTITION,
            Rejection.Reason.OTHER_ACCOUNT,
            Rejection.Reason.OTHER_REGION,
            Rejection.Reason.TIME_IN_THE_FUTURE,
            Rejection.Reason.MESSAGE_TOO_LARGE);

    private final MessageDecoder decoder = Defaults.messageDecoder(Defaults.CATALOG);

    @Property(tries = 10_000)
    void a_message_is_taken_by_both_or_rejected_by_both(@ForAll("messages") String body) {
        // When
        Optional<Rejection> rejection = rejection(body);
        List<String> faults = faults(body);

        // Then
        if (rejection.filter(SchemaAgreementTest::isBeyondSchemas).isPresent()) {
            Statistics.collect("beyond schemas");
        } else if (rejection.isEmpty() && EventText.hasUncommonTime(body)) {
            Statistics.collect("an uncommon time");
        } else {
            assertThat(faults.isEmpty())
                    .as("the service says %s, the schema %s", rejection, faults)
                    .isEqualTo(rejection.isEmpty());
            Statistics.collect(rejection.isEmpty() ? "accepted" : "refused");
        }
        Statistics.coverage(seen -> {
            seen.check("accepted").percentage(share -> share > 10);
            seen.check("refused").percentage(share -> share > 30);
        });
    }

    @Provide
    Arbitrary<String> messages() {
        return AnyMessage.bodies();
    }

    static Stream<BadMessage> badMessages() {
        return BadMessage.all();
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void what_is_rejected_for_its_form_is_rejected_by_the_schema(BadMessage bad) {
        // Given
        String body = bad.body(Instance.random());
        Rejection rejection = rejection(body).orElseThrow();

        // Then
        assertThat(faults(body).isEmpty()).as("%s", rejection).isEqualTo(isBeyondSchemas(rejection));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T09:00:00.1234567890123Z",
                "2016-12-31T23:59:60Z",
                "2016-12-31T18:59:60.5-05:00",
                "2026-11-23T09:00:00-00:00"
            })
    void the_pattern_of_a_time_takes_what_some_validators_do_not_know(String time) {
        String pattern = PublishedSchemas.text("event.schema.json", "/$defs/time/pattern");
        assertThat(time).matches(pattern);
        assertThat(rejection(Envelopes.CLOUD_EVENT
                        .wrap(Instance.random().created(0))
                        .put("time", time)
                        .toString()))
                .isEmpty();
        assertThat("+58859-03-15T12:00:00Z").doesNotMatch(pattern);
    }

    private static boolean isBeyondSchemas(Rejection rejection) {
        return BEYOND_SCHEMAS.contains(rejection.reason())
                || rejection.detail().startsWith("subject must be the id of the instance");
    }

    private Optional<Rejection> rejection(String body) {
        try {
            decoder.decode(body);
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    /** Validates a body as a producer would: an SNS message and base64 data are validated by themselves. */
    private static List<String> faults(String body) {
        if (!EventText.isJson(body)) {
            return List.of("not JSON");
        }
        List<String> faults = PublishedSchemas.faults("event.schema.json", body);
        if (!faults.isEmpty()) {
            return faults;
        }
        return EventText.inNotification(body)
                .map(message -> EventText.isJson(message) ? eventFaults(message) : List.of("Message: not JSON"))
                .orElseGet(() -> eventFaults(body));
    }

    private static List<String> eventFaults(String event) {
        List<String> faults = PublishedSchemas.faults("event.schema.json#/$defs/event", event);
        return !faults.isEmpty()
                ? faults
                : EventText.withPlainData(event)
                        .map(plain -> PublishedSchemas.faults("event.schema.json#/$defs/event", plain))
                        .orElseGet(() -> List.of("data_base64: not JSON in base64"));
    }
}
