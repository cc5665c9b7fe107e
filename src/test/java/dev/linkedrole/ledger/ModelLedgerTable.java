package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.TableIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client of a {@link ModelTable} that reads its identity. */
public final class ModelLedgerTable implements LedgerTable {

    private final ModelTable table;
    private final ModelLedger.Gate gate;

    public ModelLedgerTable(ModelTable table, ModelLedger.Gate gate) {
        this.table = table;
        this.gate = gate;
    }

    /** Returns a watch of a table that has checked it. */
    public static LedgerWatch watch(ModelTable table) {
        LedgerWatch watch = new LedgerWatch(new ModelLedgerTable(table, ModelLedgerTable::atOnce));
        watch.check().await().indefinitely();
        return watch;
    }

    static <T> CompletableFuture<T> atOnce(String operation, Supplier<T> effect) {
        return CompletableFuture.completedFuture(effect.get());
    }

    @Override
    public Uni<Optional<TableIdentity>> identity() {
        return call("DescribeTable", () -> Optional.of(table.identity()));
    }

    @Override
    public Uni<Optional<LedgerOrigin.Recorded>> recorded() {
        return call("LoadTable", () -> table.recorded().map(id -> new LedgerOrigin.Recorded(id, Optional.empty())));
    }

    @Override
    public Uni<Boolean> record(String id, Optional<String> before) {
        return call("RecordTable", () -> table.record(id, before));
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }
}
