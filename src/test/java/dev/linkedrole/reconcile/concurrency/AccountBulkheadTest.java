package dev.linkedrole.reconcile.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent work on instances, with virtual time. */
class AccountBulkheadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String SILENT = "444455556666";

    private final ManualTime time = new ManualTime();
    private final Set<String> silent = new HashSet<>(Set.of(SILENT));
    private final AccountBulkhead places =
            new AccountBulkhead(2, TIMEOUT, instance -> silent.contains(instance.account()), time.retry(0.5));

    @Test
    void as_many_work_as_there_are_places_and_the_next_once_one_has_ended() {
        // Given
        Work one = begin(Instance.random().arn());
        Work two = begin(Instance.random().arn());
        Work three = begin(Instance.random().arn());
        Work four = begin(Instance.random().arn());
        assertThat(List.of(one.begun, two.begun, three.begun, four.begun)).containsExactly(true, true, false, false);

        // When
        two.end.complete("done");

        // Then
        assertThat(two.result).isCompletedWithValue("done");
        assertThat(three.begun).isTrue();
        assertThat(four.begun).isFalse();

        // And when one fails
        one.end.completeExceptionally(new IllegalStateException("no"));
        assertThat(one.result).isCompletedExceptionally();
        assertThat(four.begun).isTrue();
    }

    @Test
    void who_waits_for_an_account_that_says_nothing_makes_room_for_others() {
        // Given
        Work one = begin(Instance.randomIn(SILENT).arn());
        Work two = begin(Instance.randomIn(SILENT).arn());
        Work other = begin(Instance.random().arn());

        // When
        time.pass(TIMEOUT.minusMillis(1));
        assertThat(places.slow(one.instance.id())).isFalse();
        assertThat(other.begun).isFalse();
        time.pass(Duration.ofMillis(1));

        // Then
        assertThat(other.begun).isTrue();
        assertThat(places.slow(one.instance.id())).isTrue();
        assertThat(places.slow(other.instance.id())).isFalse();

        // And it has given its place back already when it ends
        one.end.complete("done");
        two.end.complete("done");
        assertThat(places.slow(one.instance.id())).isFalse();
        Work third = begin(Instance.random().arn());
        Work fourth = begin(Instance.random().arn());
        assertThat(third.begun).isTrue();
        assertThat(fourth.begun).isFalse();
    }

    @Test
    void who_is_only_slow_keeps_the_place_and_is_looked_at_again() {
        // Given
        Work one = begin(Instance.randomIn("777788889999").arn());
        Work two = begin(Instance.randomIn("777788889999").arn());
        Work other = begin(Instance.random().arn());

        // When
        time.pass(TIMEOUT);
        assertThat(places.slow(one.instance.id())).isTrue();
        assertThat(other.begun).isFalse();

        // Then
        silent.add("777788889999");
        time.pass(TIMEOUT);
        assertThat(other.begun).isTrue();
        two.end.complete("done");
    }

    @Test
    void a_silent_account_starts_no_more_work_until_a_waiting_one_ends() {
        // Given
        List<Work> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(begin(Instance.randomIn(SILENT).arn()));
            time.pass(TIMEOUT);
        }
        assertThat(waiting).allMatch(work -> work.begun);

        // Then another one is rejected, and takes no slot
        Work fifth = begin(Instance.randomIn(SILENT).arn());
        assertThat(fifth.begun).isFalse();
        assertThat(fifth.result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StalledAccountException.class);
        assertThat(begin(Instance.random().arn()).begun).isTrue();

        // And once one of them has ended there is room for one
        waiting.getFirst().end.complete("done");
        assertThat(begin(Instance.randomIn(SILENT).arn()).begun).isTrue();
    }

    @Test
    void an_account_that_answers_again_starts_work_despite_others_waiting() {
        // Given
        for (int i = 0; i < 4; i++) {
            begin(Instance.randomIn(SILENT).arn());
            time.pass(TIMEOUT);
        }

        // When
        silent.clear();

        // Then
        assertThat(begin(Instance.randomIn(SILENT).arn()).begun).isTrue();
    }

    @Test
    void work_without_a_slot_is_bounded_for_any_number_of_silent_accounts() {
        // Given
        List<Work> beside = IntStream.range(0, 128)
                .mapToObj(i -> silentWork(String.valueOf(100_000_000_000L + i / 4)))
                .toList();
        assertThat(beside).allMatch(work -> work.begun);

        // When two more are at it
        begin(Instance.randomIn("999999999991").arn());
        begin(Instance.randomIn("999999999992").arn());
        silent.addAll(Set.of("999999999991", "999999999992"));
        time.pass(TIMEOUT);

        // Then they keep their places
        Work other = begin(Instance.random().arn());
        assertThat(other.begun).isFalse();

        // And leave them as soon as there is room
        beside.getFirst().end.complete("done");
        time.pass(TIMEOUT);
        assertThat(other.begun).isTrue();
    }

    private Work silentWork(String account) {
        silent.add(account);
        Work work = begin(Instance.randomIn(account).arn());
        time.pass(TIMEOUT);
        return work;
    }

    private Work begin(InstanceArn instance) {
        return new Work(instance);
    }

    /** Work that lasts until the test completes it. */
    private final class Work {
        private final InstanceArn instance;
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final CompletableFuture<String> result;
        private boolean begun;

        Work(InstanceArn instance) {
            this.instance = instance;
            this.result = places.in(instance, () -> {
                        begun = true;
                        return Uni.createFrom().completionStage(end);
                    })
                    .subscribeAsCompletionStage();
        }
    }
}
