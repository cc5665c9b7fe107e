package dev.linkedrole.intake.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.consumer.MessageQueue.Traits;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiverTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(30);
    private static final RejectReason REJECTION = new RejectReason("not-json", "is not JSON");
    private static final ReceiverLimits LIMITS = new ReceiverLimits(
            4,
            60,
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)),
            Duration.ofMillis(50),
            Duration.ofMinutes(1));

    private final ManualTime time = new ManualTime();
    private final ModelQueue queue = new ModelQueue(time, new Traits(false, VISIBILITY));
    private final List<Delivery> taken = new ArrayList<>();
    private final Counted counts = new Counted();
    private Optional<RuntimeException> storeFails = Optional.empty();
    private final CircuitBreaker store = new CircuitBreaker(
            "The store", failure -> true, () -> Uni.createFrom().voidItem().invoke(this::useStore), time.retry(0.5));

    @Test
    void under_load_ten_messages_cost_two_calls() {
        // Given
        send(1_000);
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When
        receiver.start();
        time.pass(Duration.ofSeconds(2));

        // Then
        assertThat(queue.left()).isZero();
        assertThat(queue.deletes).hasSize(100);
        assertThat(queue.receives).isLessThanOrEqualTo(100 + LIMITS.maxConcurrentReceives());
        assertThat(counts.received).isEqualTo(1_000);
        assertThat(counts.deleted).isEqualTo(1_000);
        assertThat(receiver.inFlight()).isZero();
    }

    @Test
    void an_empty_queue_has_one_receive_and_a_full_one_the_maximum() {
        // Given
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When nothing comes
        receiver.start();
        time.pass(Duration.ofMinutes(1));

        // Then
        assertThat(queue.waiting).isEqualTo(1);
        assertThat(queue.receives).isBetween(3, 4);

        // And when much does
        send(1_000);
        time.pass(Duration.ofMillis(200));
        assertThat(queue.mostWaiting).isEqualTo(LIMITS.maxConcurrentReceives());

        // And it goes back to one when that is done
        time.pass(Duration.ofMinutes(2));
        assertThat(queue.waiting).isEqualTo(1);
    }

    @Test
    void however_slow_the_handling_is_no_more_is_in_hand_than_there_are_permits() {
        // Given a handler that never ends
        send(500);
        Receiver receiver = receiver(taken::addAll);

        // When
        receiver.start();
        time.pass(Duration.ofSeconds(5));

        // Then
        assertThat(taken).hasSize(LIMITS.maxInFlight());
        assertThat(receiver.inFlight()).isEqualTo(LIMITS.maxInFlight());
        assertThat(queue.waiting).isZero();

        // And it goes on once something is done
        taken.subList(0, 10).forEach(Delivery::ack);
        time.pass(Duration.ofSeconds(1));
        assertThat(taken).hasSize(LIMITS.maxInFlight() + 10);
    }

    @Test
    void what_is_in_hand_does_not_come_again_however_long_it_takes() {
        // Given messages that take ten minutes
        send(25);
        Receiver receiver =
                receiver(batch -> batch.forEach(delivery -> time.later(Duration.ofMinutes(10), delivery::ack)));

        // When
        receiver.start();
        time.pass(Duration.ofMinutes(9));

        // Then
        assertThat(receiver.inFlight()).isEqualTo(25);
        assertThat(IntStream.range(0, 25).map(i -> queue.timesReceived("m" + i)))
                .allMatch(times -> times == 1);
        assertThat(receiver.oldest()).isGreaterThan(Duration.ofMinutes(8));
        assertThat(queue.changes).allMatch(change -> change.size() <= MessageQueue.MAX);
        assertThat(counts.extensions).isGreaterThan(25 * 9);

        // And it is deleted when it is done
        time.pass(Duration.ofMinutes(2));
        assertThat(queue.left()).isZero();
        int before = counts.extensions;
        time.pass(Duration.ofMinutes(2));
        assertThat(counts.extensions).isEqualTo(before);
    }

    @Test
    void an_extension_that_fails_is_tried_again_before_the_time_is_over() {
        // Given calls that fail for ten seconds of each half minute
        send(3);
        queue.batchFails = () -> time.instant().getEpochSecond() % 30 < 10
                ? Optional.of(new IllegalStateException("throttled"))
                : Optional.empty();
        Receiver receiver = receiver(taken::addAll);

        // When
        receiver.start();
        time.pass(Duration.ofMinutes(5));

        // Then
        assertThat(taken).hasSize(3);
        assertThat(receiver.inFlight()).isEqualTo(3);
    }

    @Test
    void a_message_that_fails_stays_away_for_twice_as_long_each_time() {
        // Given
        send(1);
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::nack));

        // When
        receiver.start();
        time.pass(Duration.ofHours(1));

        // Then
        assertThat(queue.changes.stream().flatMap(change -> change.values().stream()))
                .startsWith(2, 3, 6, 12, 24, 48, 96, 192, 384, 675, 675);
        assertThat(counts.returned).isEqualTo(queue.changes.size());
    }

    @Test
    void of_a_batch_only_what_failed_is_deleted_again_and_what_is_lost_is_left() {
        // Given
        send(10);
        AtomicInteger attempts = new AtomicInteger();
        queue.entryFails = id -> switch (id) {
            case "m3" -> attempts.getAndIncrement() < 2 ? Optional.of(false) : Optional.empty();
            case "m4" -> Optional.of(true);
            default -> Optional.empty();
        };
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When
        receiver.start();
        time.pass(Duration.ofSeconds(10));

        // Then
        assertThat(queue.deletes).hasSize(3);
        assertThat(queue.deletes.get(0)).hasSize(10);
        assertThat(queue.deletes.subList(1, 3)).containsOnly(List.of("m3"));
        assertThat(queue.left()).isEqualTo(1);
        assertThat(receiver.inFlight()).isZero();
    }

    @Test
    void deletions_that_never_succeed_are_given_up_and_hold_no_permits() {
        // Given
        send(20);
        AtomicBoolean broken = new AtomicBoolean(true);
        queue.batchFails = () -> broken.get() ? Optional.of(new IllegalStateException("no")) : Optional.empty();
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When
        receiver.start();
        time.pass(Duration.ofSeconds(20));

        // Then they are let go, each tried so often
        assertThat(receiver.inFlight()).isZero();
        assertThat(queue.deletes).hasSize(2 * RequestBatcher.ATTEMPTS);

        // And they are deleted when they have come again
        broken.set(false);
        time.pass(Duration.ofMinutes(1));
        assertThat(queue.left()).isZero();
    }

    @Test
    void a_rejected_message_is_deleted_once_its_copy_is_away() {
        // Given
        send(1);
        queue.rejectFails = true;
        Receiver receiver = receiver(batch -> batch.forEach(delivery -> delivery.reject(REJECTION)));

        // When it cannot be put away
        receiver.start();
        time.pass(Duration.ofSeconds(1));

        // Then it stays
        assertThat(queue.deletes).isEmpty();
        assertThat(queue.left()).isEqualTo(1);

        // And it goes when it can
        queue.rejectFails = false;
        time.pass(Duration.ofMinutes(1));
        assertThat(queue.rejected).containsOnlyKeys("m0");
        assertThat(queue.left()).isZero();
    }

    @Test
    void failing_receives_back_off_and_are_reported_until_one_succeeds() {
        // Given
        AtomicBoolean broken = new AtomicBoolean(true);
        queue.receiveFails =
                () -> broken.get() ? Optional.of(new IllegalStateException("no network")) : Optional.empty();
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When
        receiver.start();
        time.pass(Duration.ofMinutes(1));

        // Then
        assertThat(receiver.trouble()).hasValueSatisfying(why -> assertThat(why).contains("no network"));
        assertThat(queue.receives).isBetween(10, 20);
        assertThat(counts.failures).isEqualTo(queue.receives);

        // And it recovers by itself, and says so
        broken.set(false);
        send(100);
        try (LogLines log = LogLines.of(Poller.class)) {
            time.pass(Duration.ofSeconds(15));
            assertThat(log.lines()).singleElement().asString().endsWith("Receiving works again");
        }
        assertThat(receiver.trouble()).isEmpty();
        assertThat(queue.left()).isZero();
    }

    @Test
    void a_queue_that_is_not_there_yet_is_looked_for_until_it_is() {
        // Given
        AtomicBoolean missing = new AtomicBoolean(true);
        queue.openFails =
                () -> missing.get() ? Optional.of(new IllegalStateException("no such queue")) : Optional.empty();
        Receiver receiver = receiver(batch -> batch.forEach(Delivery::ack));

        // When
        assertThat(receiver.trouble()).isPresent();
        receiver.start();
        time.pass(Duration.ofMinutes(1));

        // Then
        assertThat(receiver.trouble()).hasValueSatisfying(why -> assertThat(why).contains("no such queue"));
        assertThat(queue.receives).isZero();

        // And it begins when it is
        missing.set(false);
        send(1);
        time.pass(Duration.ofSeconds(15));
        assertThat(receiver.trouble()).isEmpty();
        assertThat(queue.left()).isZero();
    }

    @Test
    void a_handler_that_throws_stops_nothing() {
        // Given
        send(30);
        AtomicInteger batches = new AtomicInteger();
        Receiver receiver = receiver(batch -> {
            batch.getFirst().ack();
            if (batches.getAndIncrement() == 0) {
                throw new IllegalStateException("a fault in the handler");
            }
            batch.forEach(Delivery::ack);
        });

        // When
        receiver.start();
        time.pass(Duration.ofSeconds(1));

        // Then the other nine are put back
        assertThat(queue.left()).isEqualTo(9);
        assertThat(counts.returned).isEqualTo(9);

        // And done when they come again
        time.pass(Duration.ofSeconds(5));
        assertThat(queue.left()).isZero();
    }

    @Test
    void told_to_stop_it_finishes_what_is_in_hand_and_puts_back_the_rest() {
        // Given twenty messages in flight, half of which will be done in two seconds
        send(20);
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofMillis(100));
        assertThat(taken).hasSize(20);
        taken.subList(0, 10).forEach(delivery -> time.later(Duration.ofSeconds(2), delivery::ack));
        assertThat(queue.waiting).isPositive();
        int receives = queue.receives;

        // When
        AtomicBoolean stopped = stop(receiver, Duration.ofSeconds(25));
        time.pass(Duration.ofSeconds(21));

        // Then what is done is deleted, and the receives have ended by themselves
        assertThat(queue.left()).isEqualTo(10);
        assertThat(queue.waiting).isZero();
        assertThat(queue.brokenOff).isZero();
        assertThat(stopped).isFalse();

        // And the rest is there for others at once
        time.pass(Duration.ofSeconds(5));
        assertThat(stopped).isTrue();
        assertThat(queue.changes.getLast().values()).containsOnly(0);
        assertThat(receiver.inFlight()).isZero();

        // And nothing more is received
        time.pass(Duration.ofMinutes(5));
        assertThat(queue.receives).isEqualTo(receives);
    }

    @Test
    void what_a_receive_brings_after_the_stop_is_there_for_others_at_once() {
        // Given an idle receiver, which waits for messages
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofSeconds(1));

        // When a message comes when it has been told to stop
        AtomicBoolean stopped = stop(receiver, Duration.ofSeconds(20));
        time.pass(Duration.ofSeconds(5));
        assertThat(stopped).isFalse();
        queue.send("late");
        time.pass(Duration.ofMillis(100));

        // Then the receive that was under way brought it, and it is hidden from nobody
        assertThat(stopped).isTrue();
        assertThat(taken).isEmpty();
        assertThat(queue.isVisible("late")).isTrue();
        assertThat(queue.brokenOff).isZero();
    }

    @Test
    void an_idle_receiver_stops_when_its_receive_ends() {
        // Given
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofSeconds(15));

        // When
        AtomicBoolean stopped = stop(receiver, Duration.ofSeconds(25));

        // Then
        time.pass(Duration.ofSeconds(4));
        assertThat(stopped).isFalse();
        time.pass(Duration.ofSeconds(1));
        assertThat(stopped).isTrue();
        assertThat(queue.receives).isOne();
    }

    @Test
    void a_receive_that_does_not_end_in_time_is_broken_off() {
        // Given
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofSeconds(1));

        // When
        AtomicBoolean stopped = stop(receiver, Duration.ofSeconds(5));
        time.pass(Duration.ofSeconds(6));

        // Then
        assertThat(stopped).isTrue();
        assertThat(queue.waiting).isZero();
        assertThat(queue.brokenOff).isOne();
    }

    @Test
    void what_a_receive_brings_when_it_is_stopping_is_put_back_at_once() {
        // Given a receive that is about to be answered
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofMillis(25));

        // When
        send(3);
        AtomicBoolean stopped = stop(receiver, Duration.ofSeconds(5));
        time.pass(Duration.ofMillis(300));

        // Then
        assertThat(taken).isEmpty();
        assertThat(queue.changes.stream().flatMap(change -> change.values().stream()))
                .containsExactly(0, 0, 0);
        assertThat(stopped).isTrue();
    }

    @Test
    void messages_of_a_group_are_settled_in_their_order_and_put_back_together() {
        // Given a FIFO queue with two groups
        ModelQueue fifo = new ModelQueue(time, new Traits(true, VISIBILITY));
        List.of("a1", "a2", "b1", "a3", "b2").forEach(id -> fifo.send(id, id.substring(0, 1)));
        Receiver receiver = new Receiver(fifo, taken::addAll, LIMITS, time.retry(0.5), time, counts, store);
        receiver.start();
        time.pass(Duration.ofMillis(20));
        assertThat(taken).hasSize(5);

        // When the later ones of a group are done first
        delivery("a3").ack();
        delivery("b2").ack();
        delivery("a1").ack();
        time.pass(Duration.ofMillis(100));

        // Then only what is next in its group is deleted
        assertThat(fifo.deletes).containsExactly(List.of("a1"));

        // And when one is put back, so are those behind it
        delivery("a2").nack();
        delivery("b1").ack();
        time.pass(Duration.ofMillis(100));
        assertThat(fifo.deletes).containsExactly(List.of("a1"), List.of("b1", "b2"));
        assertThat(fifo.changes)
                .singleElement()
                .satisfies(change -> assertThat(change).containsOnlyKeys("a2", "a3"));

        // And they come again in their order
        taken.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(taken.stream().map(delivery -> delivery.message().id())).containsExactly("a2", "a3");
    }

    @Test
    void large_messages_in_hand_keep_others_out() {
        // Given
        ReceivePermits polls = new ReceivePermits(DefaultLimits.LIMITS);
        polls.goOn();

        // When
        assertThat(polls.take()).isEqualTo(10);
        polls.answered(10, 10, ReceivePermits.MAX_CHARACTERS + 1);

        // Then
        assertThat(polls.take()).isZero();

        // And when they are gone
        polls.release(10, ReceivePermits.MAX_CHARACTERS + 1);
        assertThat(polls.take()).isEqualTo(10);
    }

    @Test
    void a_longer_visibility_timeout_is_kept_to_once_it_is_seen() {
        // Given messages that are in flight for long
        queue.becomes(new Traits(false, Duration.ofSeconds(12)));
        send(5);
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofMinutes(1));

        // When
        queue.becomes(new Traits(false, Duration.ofHours(1)));
        time.pass(Duration.ofMinutes(2));
        int before = counts.extensions;
        queue.send("m5");
        time.pass(Duration.ofHours(3));

        // Then no message has come again, and few calls have been made
        assertThat(taken).hasSize(6);
        assertThat(counts.extensions - before).isBetween(6 * 7, 6 * 10);
    }

    @Test
    void a_shorter_visibility_timeout_is_kept_to_once_it_is_seen() {
        // Given
        queue.becomes(new Traits(false, Duration.ofHours(1)));
        send(5);
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofMinutes(1));

        // When
        queue.becomes(new Traits(false, Duration.ofSeconds(12)));
        queue.send("m5");
        time.pass(Duration.ofMinutes(2));
        int before = counts.extensions;
        time.pass(Duration.ofMinutes(3));

        // Then
        assertThat(taken).hasSize(6);
        assertThat(counts.extensions - before).isGreaterThan(6 * 3 * 5);
    }

    @Test
    void what_the_queue_is_like_is_looked_at_seldom_and_trouble_with_it_is_told() {
        // Given
        Receiver receiver = receiver(taken::addAll);
        receiver.start();
        time.pass(Duration.ofHours(1));
        assertThat(queue.opens).isBetween(55, 65);

        // When the dead-letter queue is gone
        queue.openFails = () -> Optional.of(new IllegalStateException("no dead-letter queue"));
        time.pass(Duration.ofMinutes(4));

        // Then receiving goes on, and there is a word of it
        assertThat(receiver.trouble()).hasValueSatisfying(why -> assertThat(why).contains("no dead-letter queue"));
        queue.send("m0");
        time.pass(Duration.ofSeconds(1));
        assertThat(taken).hasSize(1);

        // And it ends when it is there again
        queue.openFails = Optional::empty;
        time.pass(Duration.ofMinutes(2));
        assertThat(receiver.trouble()).isEmpty();
    }

    @Test
    void while_the_store_is_away_nothing_is_received_and_no_message_is_worn_out() {
        // Given two queues that need one store, and messages that come all the time
        ModelQueue other = new ModelQueue(time, new Traits(false, VISIBILITY));
        Receiver receiver = receiver(this::store);
        Receiver another = new Receiver(other, this::store, LIMITS, time.retry(0.5), time, counts, store);
        receiver.start();
        another.start();
        for (int i = 0; i < 600; i++) {
            String id = "m" + i;
            time.later(
                    Duration.ofMinutes(i), () -> (Integer.parseInt(id.substring(1)) % 2 == 0 ? queue : other).send(id));
        }
        time.pass(Duration.ofSeconds(615));
        assertThat(queue.left() + other.left()).isZero();

        // When it is away for eight hours
        storeFails = Optional.of(new IllegalStateException("no such table"));
        time.pass(Duration.ofHours(8));

        // Then hardly anything was received, and both say why
        assertThat(Math.max(queue.mostTimesReceived(), other.mostTimesReceived()))
                .isLessThanOrEqualTo(2);
        assertThat(queue.received + other.received).isLessThanOrEqualTo(11 + 4);
        assertThat(List.of(receiver, another))
                .allSatisfy(paused -> assertThat(paused.trouble())
                        .hasValueSatisfying(why -> assertThat(why).contains("The store", "no such table")));

        // And once it is back all is done at once, without a word from anybody
        storeFails = Optional.empty();
        time.pass(Duration.ofSeconds(10));
        assertThat(queue.left() + other.left()).isZero();
        assertThat(receiver.trouble()).isEmpty();
    }

    private void useStore() {
        storeFails.ifPresent(failure -> {
            throw failure;
        });
    }

    private void store(List<Delivery> batch) {
        batch.forEach(delivery -> store.watch(() -> Uni.createFrom().voidItem().invoke(this::useStore))
                .subscribe()
                .with(done -> delivery.ack(), failure -> delivery.nack()));
    }

    private static AtomicBoolean stop(Receiver receiver, Duration timeout) {
        AtomicBoolean stopped = new AtomicBoolean();
        receiver.stop(timeout).subscribe().with(done -> stopped.set(true));
        return stopped;
    }

    private Delivery delivery(String id) {
        return taken.stream()
                .filter(delivery -> delivery.message().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            queue.send("m" + i);
        }
    }

    private Receiver receiver(BatchHandler handler) {
        return new Receiver(queue, handler, LIMITS, time.retry(0.5), time, counts, store);
    }

    private static final class Counted implements ReceiverCounts {
        private int received;
        private int deleted;
        private int returned;
        private int extensions;
        private int failures;

        @Override
        public void received(int messages) {
            received += messages;
        }

        @Override
        public void deleted(int messages) {
            deleted += messages;
        }

        @Override
        public void returned(int messages) {
            returned += messages;
        }

        @Override
        public void extensions(int messages) {
            extensions += messages;
        }

        @Override
        public void receiveFailed() {
            failures++;
        }
    }
}
