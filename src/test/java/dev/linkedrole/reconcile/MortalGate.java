package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.ModelLedger;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Gate to a model of the ledger for a replica that may die. */
public record MortalGate(CrashPlan plan) implements ModelLedger.Gate {

    @Override
    public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
        return plan.live(() -> Uni.createFrom().item(effect)).subscribeAsCompletionStage();
    }
}
