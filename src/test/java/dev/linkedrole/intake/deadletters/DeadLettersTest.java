package dev.linkedrole.intake.deadletters;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.deadletters.RedriveReport.QueueRedrive;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dead letters are looked at without a loss, and redriven without one. */
class DeadLettersTest {

    private static final int LIMIT = 100;

    private final ManualTime time = new ManualTime();
    private final ModelDeadLetterQueue created = new ModelDeadLetterQueue("created", time);
    private final ModelDeadLetterQueue enabled = new ModelDeadLetterQueue("enabled", time);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeadLetters letters = new DeadLetters(
            List.of(created, enabled),
            new RedriveMetrics(registry, Map.of("created", "instance-created", "enabled", "feature-enabled")),
            time.retry(0.5),
            time);

    @Test
    void a_letter_tells_its_reason_and_its_event() {
        // Given
        Instance instance = Instance.random();
        var event = instance.enabled(1, "telepathy", "arn:aws:s3:::acme");
        String body = Envelopes.CLOUD_EVENT.wrap(event).toString();
        String id = enabled.rejected(body, "unknown-feature");

        // When
        DeadLetterReport report = look(DeadLetterFilter.ALL, LIMIT);

        // Then
        assertThat(report.letters())
                .containsExactly(new DeadLetter(
                        id,
                        "enabled",
                        "unknown-feature",
                        Optional.of("because of unknown-feature"),
                        Optional.of(time.instant()),
                        Optional.empty(),
                        Optional.of(new EventId(
                                event.eventId().id(), event.eventId().source())),
                        Optional.of("feature-enabled"),
                        Optional.of(instance.id()),
                        body.length(),
                        body));
        assertThat(report.queues())
                .contains(new QueuePass("enabled", Optional.of("enabled-dlq"), 1, 1, true, Optional.empty()));
    }

    @Test
    void a_letter_without_a_readable_reason_has_one_all_the_same() {
        // Given
        enabled.add("{", Map.of());
        enabled.add("{", Map.of(RejectionAttributes.REASON, ModelDeadLetterQueue.text("All is well!")));
        enabled.add("{", Map.of(RejectionAttributes.REASON, MessageAttribute.Binary.of("Binary", new byte[] {1})));
        enabled.add(
                "é".repeat(2_000),
                Map.of(
                        RejectionAttributes.REASON, ModelDeadLetterQueue.text("not-json"),
                        RejectionAttributes.AT, ModelDeadLetterQueue.text("yesterday")));

        // When
        List<DeadLetter> found = look(DeadLetterFilter.ALL, LIMIT).letters();

        // Then
        assertThat(found)
                .extracting(DeadLetter::reason)
                .containsExactly("received-too-often", "unknown", "received-too-often", "not-json");
        assertThat(found.getLast().rejectedAt()).isEmpty();
        assertThat(found.getLast().bytes()).isEqualTo(4_000);
        assertThat(found.getLast().beginning()).hasSize(1_000);
    }

    @Test
    void a_look_leaves_every_letter_where_it_was_and_visible() {
        // Given
        for (int i = 0; i < 35; i++) {
            enabled.rejected("{", i % 2 == 0 ? "not-json" : "missing-field");
        }
        created.rejected("{", "not-json");

        // When
        DeadLetterReport report = look(new DeadLetterFilter(Set.of("not-json"), Set.of(), Set.of()), LIMIT);

        // Then
        assertThat(report.letters())
                .hasSize(19)
                .allMatch(letter -> letter.reason().equals("not-json"));
        assertThat(enabled.visible()).hasSize(35);
        assertThat(created.visible()).hasSize(1);
        assertThat(enabled.calls).doesNotContain("delete", "send");
    }

    @Test
    void a_look_reads_no_more_than_its_limit_and_says_so() {
        // Given
        for (int i = 0; i < 30; i++) {
            enabled.rejected("{", "not-json");
        }

        // When
        DeadLetterReport report = look(DeadLetterFilter.ALL, 25);

        // Then
        assertThat(report.letters()).hasSize(25);
        assertThat(report.queues())
                .contains(new QueuePass("enabled", Optional.of("enabled-dlq"), 30, 25, false, Optional.empty()));
        assertThat(enabled.visible()).hasSize(30);
    }

    @Test
    void a_look_ends_in_time_however_slow_the_queue_is() {
        // Given
        for (int i = 0; i < 80; i++) {
            enabled.rejected("{", "not-json");
        }
        enabled.slow(Pass.MAX_TIME.dividedBy(5));

        // When
        DeadLetterReport report = look(queue("enabled"), LIMIT);

        // Then
        assertThat(report.queues())
                .containsExactly(new QueuePass("enabled", Optional.of("enabled-dlq"), 80, 50, false, Optional.empty()));
        assertThat(enabled.visible()).hasSize(80);
    }

    @Test
    void a_letter_that_cannot_be_returned_is_visible_after_a_while() {
        // Given
        enabled.rejected("{", "not-json");
        enabled.fail("return");

        // When
        look(DeadLetterFilter.ALL, LIMIT);

        // Then
        assertThat(enabled.visible()).isEmpty();
        time.pass(Pass.HIDDEN);
        assertThat(enabled.visible()).hasSize(1);
    }

    @Test
    void a_queue_that_cannot_be_read_hides_no_other() {
        // Given
        created.fail("receive");
        enabled.rejected("{", "not-json");

        // When
        DeadLetterReport report = look(DeadLetterFilter.ALL, LIMIT);

        // Then
        assertThat(report.letters()).hasSize(1);
        assertThat(report.queues().getFirst())
                .isEqualTo(new QueuePass(
                        "created", Optional.of("created-dlq"), 0, 0, false, Optional.of("no answer to receive")));
        assertThat(created.calls).containsExactly("open", "receive", "receive", "receive");
    }

    @Test
    void a_look_fails_if_no_queue_can_be_read() {
        created.fail("open");
        enabled.fail("open");
        assertThatThrownBy(() -> look(DeadLetterFilter.ALL, LIMIT))
                .isInstanceOf(NoDeadLetterQueueException.class)
                .hasMessageContaining("no answer to open");
    }

    @Test
    void chosen_letters_are_sent_without_their_reasons_and_others_stay() {
        // Given
        String fixed = enabled.rejected("{\"a\": 1}", "unknown-feature");
        String broken = enabled.rejected("{", "not-json");
        String other = created.rejected("{\"b\": 1}", "unknown-feature");

        // When
        RedriveReport report =
                redrive(new DeadLetterFilter(Set.of("unknown-feature"), Set.of("enabled"), Set.of()), LIMIT);

        // Then
        assertThat(report.queues())
                .containsExactly(new QueueRedrive(
                        new QueuePass("enabled", Optional.of("enabled-dlq"), 2, 2, true, Optional.empty()),
                        1,
                        0,
                        1,
                        0,
                        0));
        assertThat(enabled.sent)
                .singleElement()
                .satisfies(message -> assertThat(message.id()).isEqualTo(fixed))
                .satisfies(message -> assertThat(message.attributes())
                        .isEqualTo(Map.of(
                                "tenant",
                                ModelDeadLetterQueue.text("acme"),
                                RejectionAttributes.REDRIVEN_AT,
                                ModelDeadLetterQueue.text(report.redrivenAt().toString()))));
        assertThat(enabled.visible()).containsExactly(broken);
        assertThat(created.visible()).containsExactly(other);
        assertThat(counted("feature-enabled", "redriven")).isOne();
        assertThat(counted("instance-created", "redriven")).isZero();
    }

    @Test
    void a_letter_is_deleted_only_after_it_was_sent() {
        // Given
        enabled.rejected("{", "not-json");

        // When
        redrive(DeadLetterFilter.ALL, LIMIT);

        // Then
        assertThat(enabled.calls).containsSubsequence("receive", "send", "delete");
        assertThat(enabled.ids()).isEmpty();
    }

    @Test
    void a_letter_that_was_sent_and_not_deleted_is_redriven_once_more() {
        // Given
        String id = enabled.rejected("{", "not-json");
        enabled.fail("delete");

        // When
        RedriveReport report = redrive(queue("enabled"), LIMIT);

        // Then
        assertThat(report.queues().getFirst().redriven()).isOne();
        assertThat(report.queues().getFirst().duplicated()).isOne();
        time.pass(Pass.HIDDEN);
        assertThat(enabled.visible()).containsExactly(id);
    }

    @Test
    void a_letter_that_cannot_be_sent_stays_and_so_do_those_behind_it() {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(enabled.rejected("{", "not-json"));
        }
        enabled.failToSend(message -> message.id().equals(ids.get(12)));

        // When
        QueueRedrive redrive = redrive(queue("enabled"), LIMIT).queues().getFirst();

        // Then
        assertThat(redrive.redriven()).isEqualTo(12);
        assertThat(redrive.failed()).isEqualTo(8);
        assertThat(redrive.pass().complete()).isFalse();
        assertThat(redrive.pass().problem()).contains("not allowed to send");
        assertThat(enabled.visible()).isEqualTo(ids.subList(12, 30));
        assertThat(counted("feature-enabled", "failed")).isEqualTo(8);
    }

    @Test
    void a_letter_that_is_rejected_again_comes_back_and_is_not_redriven_twice() {
        // Given a service that rejects at once, again and again
        enabled.rejected("{", "not-json");
        enabled.consumer(message -> reject(message));

        // When
        RedriveReport report = redrive(queue("enabled"), LIMIT);

        // Then
        assertThat(enabled.sent).hasSize(1);
        assertThat(report.queues().getFirst().redriven()).isOne();
        assertThat(report.queues().getFirst().cameBack()).isOne();

        // And the letter tells it
        assertThat(look(DeadLetterFilter.ALL, LIMIT).letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.redrivenAt()).contains(report.redrivenAt()));

        // And another redrive may take it
        time.pass(Duration.ofSeconds(1));
        assertThat(redrive(queue("enabled"), LIMIT).queues().getFirst().redriven())
                .isOne();
    }

    @Test
    void a_second_redrive_of_the_same_letters_finds_none() {
        // Given
        DeadLetterFilter one = new DeadLetterFilter(Set.of(), Set.of(), Set.of(enabled.rejected("{", "not-json")));

        // When
        redrive(one, LIMIT);
        RedriveReport again = redrive(one, LIMIT);

        // Then
        assertThat(again.queues()).allMatch(queue -> queue.redriven() == 0);
        assertThat(enabled.sent).hasSize(1);
    }

    @Test
    void a_pass_ends_once_all_named_letters_are_found() {
        // Given
        String first = enabled.rejected("{", "not-json");
        for (int i = 0; i < 40; i++) {
            enabled.rejected("{", "not-json");
        }

        // When
        QueueRedrive redrive = redrive(new DeadLetterFilter(Set.of(), Set.of("enabled"), Set.of(first)), LIMIT)
                .queues()
                .getFirst();

        // Then
        assertThat(redrive.pass().read()).isEqualTo(10);
        assertThat(redrive.pass().complete()).isTrue();
        assertThat(enabled.visible()).hasSize(40);
    }

    @Test
    void one_pass_redrives_a_thousand_letters() {
        // Given
        for (int i = 0; i < 1_000; i++) {
            enabled.rejected("{", "not-json");
        }

        // Then
        assertThat(redrive(queue("enabled"), 10_000).queues().getFirst().redriven())
                .isEqualTo(1_000);
        assertThat(enabled.ids()).isEmpty();
    }

    private void reject(ReceivedMessage message) {
        var attributes = new HashMap<>(message.attributes());
        attributes.put(RejectionAttributes.REASON, ModelDeadLetterQueue.text("not-json"));
        enabled.add(message.body(), attributes);
    }

    private static DeadLetterFilter queue(String name) {
        return new DeadLetterFilter(Set.of(), Set.of(name), Set.of());
    }

    private double counted(String channel, String result) {
        return registry.get("linked.role.redrive.messages")
                .tags("channel", channel, "result", result)
                .counter()
                .count();
    }

    private DeadLetterReport look(DeadLetterFilter filter, int limit) {
        return ended(letters.look(filter, limit));
    }

    private RedriveReport redrive(DeadLetterFilter filter, int limit) {
        return ended(letters.redrive(filter, limit));
    }

    /** Lets the pauses between attempts pass. */
    private <T> T ended(Uni<T> work) {
        var end = work.subscribeAsCompletionStage();
        for (int i = 0; i < 100 && !end.isDone(); i++) {
            time.pass(Duration.ofMillis(100));
        }
        return await(Uni.createFrom().completionStage(end));
    }
}
