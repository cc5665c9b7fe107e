package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serial executor by instance: runs work on one instance one at a time within this process, in the order of the calls,
 * and work on different instances concurrently. Correctness does not depend on it, since other replicas work
 * independently; it keeps the work of one process from conflicting with itself.
 */
public final class KeyedSerialExecutor {

    /** The end of the last work of each instance that has any. */
    private final ConcurrentMap<InstanceId, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    public <T> Uni<T> execute(InstanceId instance, Supplier<Uni<T>> work) {
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
