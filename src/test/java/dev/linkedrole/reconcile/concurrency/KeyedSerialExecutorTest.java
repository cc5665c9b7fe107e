package dev.linkedrole.reconcile.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Work on one instance runs one at a time, and work on several instances concurrently. */
class KeyedSerialExecutorTest {

    private final KeyedSerialExecutor lanes = new KeyedSerialExecutor();
    private final Instance one = Instance.random();
    private final Instance other = Instance.random();
    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    @Test
    void work_for_an_instance_begins_once_what_came_before_it_has_ended() {
        // Given
        CompletableFuture<String> first = new CompletableFuture<>();
        begin(one, "first", first);
        CompletableFuture<String> second = new CompletableFuture<>();
        begin(one, "second", second);
        assertThat(begun).containsExactly("first");

        // When
        first.complete("done");

        // Then
        assertThat(begun).containsExactly("first", "second");
        assertThat(ended).containsExactly("first");
        second.complete("done too");
        assertThat(ended).containsExactly("first", "second");
    }

    @Test
    void what_fails_makes_room_as_well() {
        // Given
        CompletableFuture<String> work = new CompletableFuture<>();
        begin(one, "first", work);
        begin(one, "second", new CompletableFuture<>());

        // When
        work.completeExceptionally(new IllegalStateException("no"));

        // Then
        assertThat(ended).containsExactly("first no");
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void another_instance_waits_for_nobody() {
        // Given
        begin(one, "first", new CompletableFuture<>());

        // When
        begin(other, "other's", new CompletableFuture<>());

        // Then
        assertThat(begun).containsExactly("first", "other's");
    }

    private void begin(Instance instance, String name, CompletableFuture<String> work) {
        lanes.execute(instance.id(), () -> {
                    begun.add(name);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribe()
                .with(done -> ended.add(name), failure -> ended.add(name + " " + failure.getMessage()));
    }
}
