package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.PublishedSchemas;
import dev.linkedrole.testing.Wrapping;
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
 * The published schemas accept what the service accepts and refuse what it refuses, except for what no schema can say. The
 * exceptions are the list in docs/producers.md.
 */
class SchemaAgreementTest {

    /** What is compared with another field or counted in bytes, which no schema does. */
    private static final Set<Refusal.Reason> BEYOND_SCHEMAS = Set.of(
            Refusal.Reason.OTHER_PARTITION,
            Refusal.Reason.OTHER_ACCOUNT,
            Refusal.Reason.OTHER_REGION,
            Refusal.Reason.TIME_IN_THE_FUTURE,
            Refusal.Reason.MESSAGE_TOO_LARGE);

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);

    @Property(tries = 10_000)
    void a_message_is_taken_by_both_or_refused_by_both(@ForAll("messages") String body) {
        // When
        Optional<Refusal> refusal = refusal(body);
        List<String> faults = faults(body);

        // Then
        if (refusal.filter(SchemaAgreementTest::isBeyondSchemas).isPresent()) {
            Statistics.collect("beyond schemas");
        } else if (refusal.isEmpty() && EventText.hasUncommonTime(body)) {
            Statistics.collect("an uncommon time");
        } else {
            assertThat(faults.isEmpty())
                    .as("the service says %s, the schema %s", refusal, faults)
                    .isEqualTo(refusal.isEmpty());
            Statistics.collect(refusal.isEmpty() ? "accepted" : "refused");
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
    void what_is_refused_for_its_form_is_refused_by_the_schema(BadMessage bad) {
        // Given
        String body = bad.body(Instance.random());
        Refusal refusal = refusal(body).orElseThrow();

        // Then
        assertThat(faults(body).isEmpty()).as("%s", refusal).isEqualTo(isBeyondSchemas(refusal));
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
        assertThat(refusal(Wrapping.CLOUD_EVENT
                        .wrap(Instance.random().created(0))
                        .put("time", time)
                        .toString()))
                .isEmpty();
        assertThat("+58859-03-15T12:00:00Z").doesNotMatch(pattern);
    }

    private static boolean isBeyondSchemas(Refusal refusal) {
        return BEYOND_SCHEMAS.contains(refusal.reason())
                || refusal.detail().startsWith("subject must be the id of the instance");
    }

    private Optional<Refusal> refusal(String body) {
        try {
            decoder.decode(body);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.refusal());
        }
    }

    /** As a producer would check it: what SNS carries as a string, and what is in base64, is checked by itself. */
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
