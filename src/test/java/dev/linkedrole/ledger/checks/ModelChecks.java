package dev.linkedrole.ledger.checks;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.ledger.imports.ImportLocation;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Progress of the check in memory, with the behavior of DynamoDB's conditional writes. */
public final class ModelChecks implements Checks {

    private final Items items;
    private final ModelLedger.Gate gate;

    /** @param items what all replicas share */
    public ModelChecks(Items items, ModelLedger.Gate gate) {
        this.items = items;
        this.gate = gate;
    }

    /** The items of all replicas. */
    public static final class Items {

        private final SortedMap<ImportLocation, CheckProgress> progress = new TreeMap<>();

        /** Returns the progress at all locations. */
        public List<CheckProgress> all() {
            return List.copyOf(progress.values());
        }

        private boolean save(CheckProgress next) {
            long before = Optional.ofNullable(progress.get(next.location()))
                    .map(CheckProgress::version)
                    .orElse(0L);
            boolean fits = next.version() == before + 1;
            if (fits) {
                progress.put(next.location(), next);
            }
            return fits;
        }
    }

    @Override
    public Uni<List<CheckProgress>> all() {
        return call("CheckProgress", items::all);
    }

    @Override
    public Uni<Boolean> save(CheckProgress progress) {
        return call("SaveCheckProgress", () -> items.save(progress));
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }
}
