package dev.linkedrole.ledger.checks;

import dev.linkedrole.ledger.ModelLedger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The model passes the contract test of the check's progress. */
class ModelChecksTest extends ChecksContract {

    private static final ModelChecks.Items ITEMS = new ModelChecks.Items();

    @Override
    public Checks checks() {
        return new ModelChecks(ITEMS, new Prompt());
    }

    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }
}
