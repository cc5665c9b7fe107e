package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.intake.consumer.Delivery;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class BatchEmitterTest {

    private final BatchEmitter emitter = new BatchEmitter();

    @Test
    void the_next_batch_comes_while_the_last_is_still_in_hand() {
        // Given
        List<Message<MessageBatch>> taken = new ArrayList<>();
        emitter.batches().subscribe().with(taken::add);

        // When nothing of what came is acknowledged
        IntStream.range(0, 5).forEach(i -> emitter.handle(List.of(RecordedDelivery.of("m-" + i))));

        // Then
        assertThat(taken).hasSize(5);
    }

    @Test
    void an_acknowledgement_of_a_batch_says_nothing_of_its_messages() {
        // Given
        RecordedDelivery delivery = RecordedDelivery.of("m");
        List<Message<MessageBatch>> taken = new ArrayList<>();
        emitter.batches().subscribe().with(taken::add);

        // When
        emitter.handle(List.of(delivery));
        taken.getFirst().ack().toCompletableFuture().join();

        // Then
        assertThat(delivery.dispositions).isEmpty();
    }

    @Test
    void a_batch_that_could_not_be_begun_is_put_back() {
        // Given
        List<RecordedDelivery> deliveries = List.of(RecordedDelivery.of("one"), RecordedDelivery.of("two"));
        List<Message<MessageBatch>> taken = new ArrayList<>();
        emitter.batches().subscribe().with(taken::add);

        // When
        emitter.handle(List.copyOf(deliveries));
        taken.getFirst()
                .nack(new IllegalStateException("a fault"))
                .toCompletableFuture()
                .join();

        // Then
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.dispositions).containsExactly("returned"));
    }

    @Test
    void where_nobody_takes_batches_the_receiver_is_told_so() {
        // Given
        List<Delivery> batch = List.of(RecordedDelivery.of("m"));

        // Then before somebody does
        assertThatThrownBy(() -> emitter.handle(batch)).hasMessage("nobody takes what is received");

        // And after
        Cancellable subscription = emitter.batches().subscribe().with(taken -> {});
        subscription.cancel();
        assertThatThrownBy(() -> emitter.handle(batch)).hasMessage("nobody takes what is received");
    }

    @Test
    void batches_of_many_threads_come_one_after_the_other_and_none_is_lost() {
        // Given
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        emitter.batches().subscribe().with(message -> {
            most.accumulateAndGet(within.incrementAndGet(), Math::max);
            taken.incrementAndGet();
            within.decrementAndGet();
        });

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8_000; i++) {
                threads.execute(() -> emitter.handle(List.of(RecordedDelivery.of("m"))));
            }
        }

        // Then
        assertThat(taken).hasValue(8_000);
        assertThat(most).hasValue(1);
    }
}
