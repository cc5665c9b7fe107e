package dev.linkedrole.simulation.checks;

import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.InventoryPage;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.simulation.world.CrashingProcess;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/** Inventory that adds its calls to the trace. */
public record WatchedInventory(AccountInventory inventory, CrashingProcess process) implements AccountInventory {

    private <T> Uni<T> about(Supplier<Uni<T>> call) {
        String purpose = process.tell("census");
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<InventoryPage> page(Optional<String> from) {
        return about(() -> inventory.page(from));
    }

    @Override
    public Uni<Optional<String>> description(RoleName name) {
        return about(() -> inventory.description(name));
    }
}
