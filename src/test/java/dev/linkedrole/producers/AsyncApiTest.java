package dev.linkedrole.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.producers.AsyncApi.Example;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.PublishedSchemas;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI document is valid, and agrees with the service. */
class AsyncApiTest {

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);

    @Test
    void the_public_parser_accepts_it_and_renders_the_page(@TempDir Path directory) throws IOException {
        // When
        Path made = directory.resolve("events.md");
        Commands.run(
                List.of("bash", "src/test/asyncapi/describe", AsyncApi.FILE.toString(), made.toString()), Map.of());

        // Then
        Path page = LocalAws.projectDirectory().resolve("docs/events.md");
        if (Boolean.getBoolean("golden.update")) {
            Files.copy(made, page, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(page).hasSameTextualContentAs(made);
    }

    static Stream<Example> events() {
        return AsyncApi.examples("events");
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_example_of_an_event_is_one_that_the_service_takes(Example event) {
        String body = event.payload().toString();
        assertThat(decoder.decode(body).type()).isEqualTo(event.message());
        assertThat(PublishedSchemas.faults("event.schema.json", body)).isEmpty();
    }

    static Stream<Example> apiCalls() {
        return AsyncApi.examples("API calls");
    }

    @ParameterizedTest
    @MethodSource("apiCalls")
    void every_example_of_an_api_call_becomes_events(Example call) {
        String body = call.payload().toString();
        assertThat(Defaults.messageDecoder(Defaults.CATALOG).decode(body)).isInstanceOf(Decoded.Mapped.class);
        assertThat(PublishedSchemas.faults("event.schema.json", body)).isEmpty();
    }

    @Test
    void there_is_an_example_of_every_type_in_every_envelope() {
        assertThat(events().map(Example::message).distinct()).hasSize(4);
        assertThat(events()).hasSize(16);
    }

    static Stream<Example> deadLetters() {
        return AsyncApi.examples("dead letters");
    }

    @ParameterizedTest
    @MethodSource("deadLetters")
    void every_example_of_a_dead_letter_is_rejected_in_these_words(Example rejected) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> decoder.decode(rejected.payload().toString()))
                .satisfies(e -> {
                    assertThat(e.rejection().reason().code())
                            .isEqualTo(
                                    rejected.headers().path("rejection-reason").asText());
                    assertThat(e.rejection().detail())
                            .isEqualTo(
                                    rejected.headers().path("rejection-detail").asText());
                });
    }

    @Test
    void every_reason_for_rejection_is_listed() {
        JsonNode reasons = AsyncApi.document().at("/components/schemas/refusal/properties/rejection-reason/enum");
        assertThat(reasons.valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Arrays.stream(Rejection.Reason.values())
                        .map(Rejection.Reason::code)
                        .toList());
    }

    static Stream<Example> outcomes() {
        return AsyncApi.examples("outcomes");
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void every_example_of_an_outcome_keeps_to_its_schema(Example outcome) {
        assertThat(outcome.payload().path("type").asText()).isEqualTo(outcome.message());
        assertThat(PublishedSchemas.faults(
                        "outcome.schema.json", outcome.payload().toString()))
                .isEmpty();
        assertThat(PublishedSchemas.faults(
                        outcome.message() + ".schema.json",
                        outcome.payload().path("data").toString()))
                .isEmpty();
    }

    @Test
    void its_queues_are_those_of_a_deployment_that_changes_no_name() {
        assertThat(queues("instanceCreated", "featureEnabled", "instanceDeleted"))
                .containsExactlyInAnyOrderElementsOf(defaults().toList());
        assertThat(queues("instanceCreatedDeadLetters", "featureEnabledDeadLetters", "instanceDeletedDeadLetters"))
                .containsExactlyInAnyOrderElementsOf(
                        defaults().map(name -> name + "-dlq").toList());
    }

    private static Stream<String> queues(String... channels) {
        return Arrays.stream(channels)
                .map(channel -> AsyncApi.document()
                        .at("/channels/" + channel + "/address")
                        .asText());
    }

    private static Stream<String> defaults() {
        return Arrays.stream(ControllerConfig.Queues.class.getMethods())
                .map((Method name) -> name.getAnnotation(WithDefault.class).value());
    }
}
