package dev.linkedrole.ledger.pauses;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Pauses in memory: items that all replicas share. */
public final class ModelPauses implements PauseStore {

    private final Map<String, Pause> items;
    private final ModelLedger.Gate gate;

    /** Creates the items, and a way to them without a gate. */
    public ModelPauses() {
        this(new ConcurrentSkipListMap<>(), new AtOnce());
    }

    private ModelPauses(Map<String, Pause> items, ModelLedger.Gate gate) {
        this.items = items;
        this.gate = gate;
    }

    private static final class AtOnce implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }

    /** Returns the same pauses as one replica reaches them. */
    public ModelPauses through(ModelLedger.Gate between) {
        return new ModelPauses(items, between);
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }

    @Override
    public Uni<List<Pause>> all() {
        return call("Pauses", () -> List.copyOf(items.values()));
    }

    @Override
    public Uni<Void> put(Pause pause) {
        return call("Pause", () -> items.put(pause.scope().text(), pause)).replaceWithVoid();
    }

    @Override
    public Uni<Optional<Pause>> remove(PauseScope scope) {
        return call("EndPause", () -> Optional.ofNullable(items.remove(scope.text())));
    }
}
