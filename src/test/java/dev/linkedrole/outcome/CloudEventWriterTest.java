package dev.linkedrole.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.testing.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published outcomes from the view of their receivers. */
class CloudEventWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instance INSTANCE = Instance.random();

    private final CloudEventWriter events = new CloudEventWriter("linked-role-controller");

    static Stream<Outcome> outcomes() {
        return Stream.of(
                OutcomeSamples.updated(INSTANCE, 7),
                OutcomeSamples.deleted(INSTANCE),
                OutcomeSamples.repaired(INSTANCE),
                OutcomeSamples.rejected(INSTANCE),
                OutcomeSamples.rejected(),
                large(3_000),
                large(20));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void every_outcome_is_a_cloud_event_whose_data_keep_to_the_published_schema(Outcome outcome)
            throws JsonProcessingException {
        // When
        JsonNode event = json(outcome);

        // Then
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo(outcome.id()).isNotEmpty();
        assertThat(event.path("source").asText()).isEqualTo("linked-role-controller");
        assertThat(event.path("type").asText()).isEqualTo(outcome.type());
        assertThat(event.path("time").asText()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(event.path("subject").isMissingNode())
                .isEqualTo(outcome.about().isEmpty());
        assertThat(faults(outcome.type(), event.path("data").toString())).isEmpty();
    }

    @Test
    void an_update_lists_grants_and_revocations_in_the_events_format() throws JsonProcessingException {
        // Then
        JsonNode data = json(OutcomeSamples.updated(INSTANCE, 7)).path("data");
        assertThat(data.path("granted")).isEqualTo(JSON.readTree("""
                [{"feature": "base"},
                 {"feature": "call-recordings",
                  "resources": ["arn:aws:s3:::acme-recordings", "arn:aws:s3:::acme-recordings/calls"]},
                 {"feature": "outbound-campaigns"},
                 {"feature": "outbound-campaigns",
                  "resources": ["arn:aws:connect-campaigns:us-west-2:111122223333:campaign/one"]}]
                """));
        assertThat(data.path("taken")).isEqualTo(JSON.readTree("""
                [{"feature": "lex-bots", "resources": ["arn:aws:lex:us-west-2:111122223333:bot:Acme"]}]
                """));
        assertThat(data.path("answers")).isEqualTo(JSON.readTree("""
                [{"id": "7f1d", "source": "acme/contact-centre", "type": "feature-enabled"},
                 {"id": "7f1e", "source": "acme/contact-centre", "type": "feature-enabled"}]
                """));
    }

    @Test
    void what_is_too_large_for_a_message_names_the_features_alone_and_says_so() throws JsonProcessingException {
        // When
        Outcome outcome = large(3_000);
        CloudEvent event = events.of(OutcomeSamples.waiting(outcome));

        // Then
        assertThat(event.bytes()).isLessThan(CloudEventWriter.MAX_BYTES);
        JsonNode data = json(outcome).path("data");
        assertThat(data.path("truncated").asBoolean()).isTrue();
        assertThat(data.path("granted")).isEqualTo(JSON.readTree("[{\"feature\": \"lex-bots\"}]"));

        // And what is not, has all
        assertThat(json(large(20)).path("data").has("truncated")).isFalse();
    }

    @Test
    void an_outcome_keeps_its_id_and_different_outcomes_have_different_ids() {
        // Given
        List<Outcome> all = outcomes().toList();
        List<Outcome> again = outcomes().toList();

        // Then
        assertThat(again)
                .extracting(Outcome::id)
                .isEqualTo(all.stream().map(Outcome::id).toList());
        assertThat(all.stream().map(Outcome::id).collect(Collectors.toSet())).hasSize(all.size() - 1);
        assertThat(OutcomeSamples.updated(INSTANCE, 8).id())
                .isNotEqualTo(OutcomeSamples.updated(INSTANCE, 7).id());
        assertThat(OutcomeSamples.updated(Instance.random(), 7).id())
                .isNotEqualTo(OutcomeSamples.updated(INSTANCE, 7).id());
    }

    /** Both sizes answer the same events and so have one id. */
    private static Outcome large(int bots) {
        SortedSet<Grant> grants = IntStream.range(0, bots)
                .mapToObj(i -> Grant.of(
                        "lex-bots",
                        "arn:aws:lex:us-west-2:111122223333:bot:"
                                + String.format(Locale.ROOT, "%08d", i).repeat(8)))
                .collect(Collectors.toCollection(TreeSet::new));
        List<AcknowledgedEvent> answers = IntStream.range(0, 100)
                .mapToObj(i -> OutcomeSamples.event("id-" + i))
                .toList();
        return new Outcome.RoleUpdated(
                OutcomeSamples.subject(INSTANCE, 5), grants, new TreeSet<>(), answers, 0, Instance.START);
    }

    private JsonNode json(Outcome outcome) throws JsonProcessingException {
        return JSON.readTree(events.of(OutcomeSamples.waiting(outcome)).json());
    }

    private static List<String> faults(String type, String data) {
        try (InputStream schema = CloudEventWriterTest.class.getResourceAsStream(
                "/META-INF/resources/schemas/" + type + ".schema.json")) {
            String text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            Schema read = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
            return read.validate(data, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
