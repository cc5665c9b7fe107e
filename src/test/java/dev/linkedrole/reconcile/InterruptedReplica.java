package dev.linkedrole.reconcile;

import dev.linkedrole.iammodel.IamModelClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Records the calls of a process, and runs interruptions just before some of them. */
public final class InterruptedReplica implements ModelCloud.Between {

    public final List<String> calls = new ArrayList<>();
    private final Map<String, Runnable> before = new HashMap<>();

    /** Runs an interruption before each call of this kind; a fault of IAM that it throws is the answer. */
    public InterruptedReplica before(String operation, Runnable work) {
        before.put(operation, work);
        return this;
    }

    /** Returns the number of these calls so far. */
    public long count(String operation) {
        return calls.stream().filter(operation::equals).count();
    }

    @Override
    public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
        calls.add(operation);
        return IamModelClient.atOnce(operation, () -> {
            before.getOrDefault(operation, () -> {}).run();
            return effect.get();
        });
    }
}
