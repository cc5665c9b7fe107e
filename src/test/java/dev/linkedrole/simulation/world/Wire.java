package dev.linkedrole.simulation.world;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.ModelLedger;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Connection of a process to the services. */
public interface Wire {

    /**
     * Calls a service.
     *
     * @param effect runs the call at the service and returns its answer
     * @return the answer, if it ever arrives; a dead process gets none
     */
    <T> CompletableFuture<T> call(ModelService service, String operation, Supplier<T> effect);

    /** Returns the gate to IAM. */
    default IamModelClient.Gate toIam() {
        return new IamModelClient.Gate() {
            @Override
            public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
                return Wire.this.call(ModelService.IAM, operation, effect);
            }
        };
    }

    /** Returns the gate to the ledger. */
    default ModelLedger.Gate toLedger() {
        return new ModelLedger.Gate() {
            @Override
            public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
                return Wire.this.call(ModelService.LEDGER, operation, effect);
            }
        };
    }
}
