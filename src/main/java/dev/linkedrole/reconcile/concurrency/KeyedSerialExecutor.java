package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thing at a time happen to an instance within this process, in the order asked for, and things of different
 * instances at once. Rightness does not hang on it (other replicas have lanes of their own); it saves them from
 * overwriting each other.
 */
public final class KeyedSerialExecutor {

    /** The end of each lane that is in use. */
    private final ConcurrentMap<InstanceId, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    public <T> Uni<T> inTurn(InstanceId instance, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            @Nullable CompletableFuture<Void> before = ends.put(instance, end);
            return Uni.createFrom()
                    .completionStage(before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                    .flatMap(ignored -> work.get())
                    .onTermination()
                    .invoke(() -> leave(instance, end));
        });
    }

    private void leave(InstanceId instance, CompletableFuture<Void> end) {
        ends.remove(instance, end);
        end.complete(null);
    }
}
