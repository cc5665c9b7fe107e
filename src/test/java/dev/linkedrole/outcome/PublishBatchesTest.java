package dev.linkedrole.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A single event is sent at once, and many are batched. */
class PublishBatchesTest {

    /** Maximum number of concurrent calls. */
    private static final int CALLS = 4;

    private final DelayedPublisher publisher = new DelayedPublisher();
    private final PublishBatches batches = new PublishBatches(publisher);

    @Test
    void a_single_event_is_sent_at_once_and_by_itself() {
        // When
        CompletableFuture<Void> one = publish("one");

        // Then
        assertThat(publisher.sizes()).containsExactly(1);
        publisher.answerAll();
        assertThat(one).isCompleted();
    }

    @Test
    void what_comes_while_all_calls_are_busy_goes_ten_at_a_time() {
        // Given
        List<CompletableFuture<Void>> all = new ArrayList<>(many(CALLS));

        // When
        all.addAll(many(25));
        assertThat(publisher.sizes()).containsExactly(1, 1, 1, 1);
        publisher.answerAll();

        // Then
        assertThat(publisher.sizes()).containsExactly(1, 1, 1, 1, 10, 10, 5);
        publisher.answerAll();
        assertThat(all).allMatch(CompletableFuture::isDone);
    }

    @Test
    void a_batch_has_no_more_bytes_than_a_call_takes() {
        // Given
        many(CALLS);

        // When
        String large = "x".repeat(CloudEventWriter.MAX_BYTES / 2 - 100);
        List<CompletableFuture<Void>> events =
                Stream.of("a", "b", "c").map(id -> publish(id, large)).toList();
        publisher.answerAll();

        // Then
        assertThat(publisher.sizes()).containsExactly(1, 1, 1, 1, 2, 1);
        publisher.answerAll();
        assertThat(events).allMatch(CompletableFuture::isDone);
    }

    @Test
    void an_event_that_the_target_does_not_take_fails_alone() {
        // Given
        many(CALLS);
        CompletableFuture<Void> good = publish("good");
        CompletableFuture<Void> bad = publish("bad");

        // When
        publisher.answerAll();
        publisher.answerAll();

        // Then
        assertThat(good).isCompleted();
        assertThatThrownBy(bad::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PublishBatches.NotPublishedException.class)
                .hasMessageContaining("bad is not wanted");
    }

    @Test
    void a_call_that_fails_fails_all_it_had_and_no_others() {
        // Given
        CompletableFuture<Void> one = publish("one");
        CompletableFuture<Void> two = publish("two");

        // When
        publisher.fail(0);

        // Then
        assertThatThrownBy(one::join).hasMessageContaining("no such target");
        assertThat(two).isNotDone();
        publisher.answerAll();
        assertThat(two).isCompleted();
        assertThat(publish("three")).isNotDone();
        publisher.answerAll();
    }

    @Test
    void events_missing_from_an_answer_fail() {
        // Given
        CompletableFuture<Void> one = publish("one");

        // When
        publisher.answerWith(List.of());

        // Then
        assertThatThrownBy(one::join).hasCauseInstanceOf(PublishBatches.NotPublishedException.class);
    }

    private List<CompletableFuture<Void>> many(int many) {
        return IntStream.range(0, many).mapToObj(i -> publish(many + "-" + i)).toList();
    }

    private CompletableFuture<Void> publish(String id) {
        return publish(id, "{}");
    }

    private CompletableFuture<Void> publish(String id, String json) {
        return batches.publish(
                        new CloudEvent(id, "source", "role-updated", Optional.empty(), Instance.START, List.of(), json))
                .subscribeAsCompletionStage();
    }

    /** Publisher that answers on demand. */
    private static final class DelayedPublisher implements OutcomePublisher {

        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        private final List<Call> open = new ArrayList<>();

        private record Call(List<CloudEvent> events, UniEmitter<? super List<Optional<String>>> emitter) {
            void answer() {
                emitter.complete(events.stream()
                        .map(CloudEvent::id)
                        .map(id -> id.equals("bad") ? Optional.of("bad is not wanted") : Optional.<String>empty())
                        .toList());
            }
        }

        @Override
        public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
            sizes.add(events.size());
            return Uni.createFrom().emitter(emitter -> open.add(new Call(events, emitter)));
        }

        @Override
        public Uni<Boolean> exists() {
            return Uni.createFrom().item(true);
        }

        List<Integer> sizes() {
            return List.copyOf(sizes);
        }

        void answerAll() {
            List<Call> now = List.copyOf(open);
            open.clear();
            now.forEach(Call::answer);
        }

        void answerWith(List<Optional<String>> results) {
            open.removeFirst().emitter().complete(results);
        }

        void fail(int call) {
            open.remove(call).emitter().fail(new IllegalStateException("no such target"));
        }

        @Override
        public void close() {}
    }
}
