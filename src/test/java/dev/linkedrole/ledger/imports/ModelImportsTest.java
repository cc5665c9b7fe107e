package dev.linkedrole.ledger.imports;

import dev.linkedrole.ledger.ModelLedger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The model passes the contract test of imports. */
class ModelImportsTest extends ImportsContract {

    private static final ModelImports.Items ITEMS = new ModelImports.Items();

    @Override
    public Imports imports() {
        return new ModelImports(ITEMS, new Prompt());
    }

    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }
}
