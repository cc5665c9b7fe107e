package dev.linkedrole.ledger.imports;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Imports in memory, with the behavior of DynamoDB's conditional writes. */
public final class ModelImports implements Imports {

    private final Items items;
    private final ModelLedger.Gate gate;

    /** @param items what all replicas share */
    public ModelImports(Items items, ModelLedger.Gate gate) {
        this.items = items;
        this.gate = gate;
    }

    /** The items of all replicas. */
    public static final class Items {
        private final SortedMap<String, ImportRecord> records = new TreeMap<>();
        private final Map<String, SortedMap<ImportLocation, LocationProgress>> progress = new TreeMap<>();
        private final Map<String, SortedMap<String, Finding>> findings = new TreeMap<>();

        private List<ImportRecord> running() {
            return records.values().stream()
                    .filter(record -> record.state() == ImportRecord.State.RUNNING)
                    .toList();
        }

        private boolean add(ImportRecord record) {
            return running().size() < MAX_RUNNING && records.putIfAbsent(record.id(), record) == null;
        }

        private boolean save(String id, LocationProgress next) {
            SortedMap<ImportLocation, LocationProgress> all = progress.computeIfAbsent(id, first -> new TreeMap<>());
            long before = Optional.ofNullable(all.get(next.location()))
                    .map(LocationProgress::version)
                    .orElse(0L);
            if (next.version() != before + 1) {
                return false;
            }
            all.put(next.location(), next);
            return true;
        }

        private Finding.Page page(String id, Optional<String> after, int limit) {
            SortedMap<String, Finding> all = findings.getOrDefault(id, new TreeMap<>());
            List<Finding> rest = new ArrayList<>(
                    after.map(mark -> all.tailMap(mark + "\0")).orElse(all).values());
            List<Finding> first = rest.subList(0, Math.min(limit, rest.size()));
            return new Finding.Page(
                    first,
                    first.size() < rest.size() ? Optional.of(first.getLast().mark()) : Optional.empty());
        }
    }

    @Override
    public Uni<Boolean> add(ImportRecord requested) {
        return call("AddImport", () -> items.add(requested));
    }

    @Override
    public Uni<Optional<ImportRecord>> get(String id) {
        return call("GetImport", () -> Optional.ofNullable(items.records.get(id)));
    }

    @Override
    public Uni<List<ImportRecord>> newest(int limit) {
        return call(
                "NewestImports",
                () -> new ArrayList<>(items.records.values())
                        .reversed().stream().limit(limit).toList());
    }

    @Override
    public Uni<List<ImportRecord>> running() {
        return call("RunningImports", items::running);
    }

    @Override
    public Uni<List<LocationProgress>> progress(String id) {
        return call(
                "ImportProgress",
                () -> List.copyOf(
                        items.progress.getOrDefault(id, new TreeMap<>()).values()));
    }

    @Override
    public Uni<Boolean> save(String id, LocationProgress progress) {
        return call("SaveImportProgress", () -> items.save(id, progress));
    }

    @Override
    public Uni<Void> keep(String id, Finding finding) {
        return call(
                        "KeepFinding",
                        () -> Optional.ofNullable(items.findings
                                .computeIfAbsent(id, first -> new TreeMap<>())
                                .put(finding.mark(), finding)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Finding.Page> findings(String id, Optional<String> after, int limit) {
        return call("Findings", () -> items.page(id, after, limit));
    }

    @Override
    public Uni<Void> end(String id, ImportRecord.State how, Instant at) {
        return call(
                        "EndImport",
                        () -> items.records.computeIfPresent(
                                id,
                                (same, record) ->
                                        record.state() == ImportRecord.State.RUNNING ? record.ended(how, at) : record))
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }
}
