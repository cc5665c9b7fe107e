package dev.linkedrole.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The model passes the contract test of leases. */
class ModelLeasesTest extends LeasesContract {

    private static final ModelLeases.ModelledLeases SHARDS = new ModelLeases.ModelledLeases();

    @Override
    public Leases leases(String holder) {
        return new ModelLeases(SHARDS, new Prompt(), holder);
    }

    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }
}
