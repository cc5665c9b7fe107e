package dev.linkedrole.simulation.world;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.ModelLedger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The connection of a process to the services. */
public interface Wire {

    /**
     * Calls a service.
     *
     * @param effect what the call does there, and its answer
     * @return the answer, if it ever comes; who is dead gets none
     */
    <T> CompletableFuture<T> call(ModelService service, String operation, Supplier<T> effect);

    /** The way to IAM. */
    default IamModelClient.Gate toIam() {
        return new IamModelClient.Gate() {
            @Override
            public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
                return Wire.this.call(ModelService.IAM, operation, effect);
            }
        };
    }

    /** The way to the ledger. */
    default ModelLedger.Gate toLedger() {
        return new ModelLedger.Gate() {
            @Override
            public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
                return Wire.this.call(ModelService.LEDGER, operation, effect);
            }
        };
    }
}
