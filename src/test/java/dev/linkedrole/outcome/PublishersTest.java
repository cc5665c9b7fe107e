package dev.linkedrole.outcome;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.aws.OutcomeListener;
import dev.linkedrole.testing.aws.OutcomeListener.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Every kind of target, with a queue subscribed to it. */
@OnEachAws
@Tag("aws")
class PublishersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CloudEventWriter events = new CloudEventWriter("linked-role-controller");

    @ParameterizedTest
    @EnumSource
    void outcomes_of_several_instances_arrive_as_they_were_written(Way way) throws JsonProcessingException {
        // Given
        List<CloudEvent> sent = Stream.of(
                        OutcomeSamples.updated(Instance.random(), 1),
                        OutcomeSamples.deleted(Instance.random()),
                        OutcomeSamples.repaired(Instance.random()),
                        OutcomeSamples.rejected(Instance.random()),
                        OutcomeSamples.rejected())
                .map(outcome -> events.of(OutcomeSamples.waiting(outcome)))
                .toList();
        List<JsonNode> written = new ArrayList<>();
        for (CloudEvent event : sent) {
            written.add(JSON.readTree(event.json()));
        }
        try (OutcomeListener listener = OutcomeListener.by(way);
                OutcomePublisher publisher = TargetClients.open(Target.parse(listener.target()))) {

            // When
            List<Optional<String>> results = await(publisher.publish(sent));

            // Then
            assertThat(results).hasSize(sent.size()).allMatch(Optional::isEmpty);
            assertThat(listener.await(sent.size())).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "RAW_TOPIC", "FIFO_QUEUE", "FIFO_TOPIC"})
    void one_may_filter_by_what_is_outside_of_the_message(Way way) {
        // Given
        Instance instance = Instance.random();
        CloudEvent event = events.of(OutcomeSamples.waiting(OutcomeSamples.updated(instance, 1)));
        try (OutcomeListener listener = OutcomeListener.by(way);
                OutcomePublisher publisher = TargetClients.open(Target.parse(listener.target()))) {

            // When
            await(publisher.publish(List.of(event)));
            listener.await(1);

            // Then
            Message message = listener.messages().getFirst();
            assertThat(message.messageAttributes().get("type"))
                    .satisfies(type -> assertThat(type.stringValue()).isEqualTo("role-updated"));
            assertThat(message.messageAttributes().get("subject"))
                    .satisfies(subject -> assertThat(subject.stringValue())
                            .isEqualTo(instance.id().value()));
            if (way == Way.FIFO_QUEUE || way == Way.FIFO_TOPIC) {
                assertThat(message.attributes())
                        .containsEntry(
                                MessageSystemAttributeName.MESSAGE_GROUP_ID,
                                instance.id().value());
            }
        }
    }

    @Test
    void a_fifo_queue_takes_an_outcome_that_is_published_again_for_the_same() {
        // Given
        CloudEvent first = events.of(OutcomeSamples.waiting(OutcomeSamples.updated(Instance.random(), 1)));
        CloudEvent last = events.of(OutcomeSamples.waiting(OutcomeSamples.updated(Instance.random(), 2)));
        try (OutcomeListener listener = OutcomeListener.by(Way.FIFO_QUEUE);
                OutcomePublisher publisher = TargetClients.open(Target.parse(listener.target()))) {

            // When
            await(publisher.publish(List.of(first)));
            await(publisher.publish(List.of(first)));
            await(publisher.publish(List.of(last)));

            // Then
            assertThat(listener.await(2))
                    .extracting(event -> event.path("id").asText())
                    .containsExactly(first.id(), last.id());
        }
    }

    @Test
    void a_target_that_is_not_there_is_a_failure() {
        // Given
        CloudEvent event = events.of(OutcomeSamples.waiting(OutcomeSamples.updated(Instance.random(), 1)));
        try (OutcomeListener listener = OutcomeListener.by(Way.QUEUE);
                OutcomePublisher publisher = TargetClients.open(Target.parse(listener.target() + "-none"))) {

            // Then
            assertThatThrownBy(() -> await(publisher.publish(List.of(event)))).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "FIFO_QUEUE", "TOPIC", "BUS"})
    void a_target_that_is_there_is_told_from_one_that_is_not(Way way) {
        try (OutcomeListener listener = OutcomeListener.by(way);
                OutcomePublisher there = TargetClients.open(Target.parse(listener.target()));
                OutcomePublisher misspelt = TargetClients.open(Target.parse(misspelt(listener.target())))) {
            assertThat(await(there.exists())).isTrue();
            assertThat(await(misspelt.exists())).isFalse();
        }
    }

    private static String misspelt(String target) {
        return target.endsWith(".fifo") ? target.replace(".fifo", "x.fifo") : target + "x";
    }
}
