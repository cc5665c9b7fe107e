package dev.linkedrole.bench.pipeline;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Events of one instance after each other: whoever reads, changes and writes would else lose what others write meanwhile. */
final class Turns {

    private final Map<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    CompletableFuture<?> next(String instance, Supplier<CompletableFuture<?>> work) {
        return last.compute(
                instance, (key, before) -> before == null ? work.get() : before.thenCompose(done -> work.get()));
    }
}
