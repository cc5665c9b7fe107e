package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.RolePreview;
import dev.linkedrole.reconcile.RolePreviewer;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Previews a resync: decides as the resync does which roles to read, and reads them without changing any. */
public final class ResyncPreviewer {

    private final Ledger ledger;
    private final ResyncPlanner planner;
    private final AccountScanner scanner;
    private final RolePreviewer previewer;
    private final InstantSource clock;
    private final int concurrency;

    /** @param concurrency maximum number of roles read concurrently */
    public ResyncPreviewer(
            Ledger ledger,
            ResyncPlanner planner,
            AccountScanner scanner,
            RolePreviewer previewer,
            InstantSource clock,
            int concurrency) {
        this.ledger = ledger;
        this.planner = planner;
        this.scanner = scanner;
        this.previewer = previewer;
        this.clock = clock;
        this.concurrency = concurrency;
    }

    /**
     * Previews the resync of some roles, under the present settings and catalog. The failure of one role does not
     * affect the others.
     *
     * @return fails only if the ledger cannot be read
     */
    public Uni<ResyncPreview> preview(List<InstanceId> instances) {
        return ledger.records(Multi.createFrom().iterable(instances))
                .collect()
                .asList()
                .flatMap(records -> scanner.over(
                                records.stream()
                                        .map(record -> planner.of(record, clock.instant()))
                                        .toList(),
                                concurrency)
                        .flatMap(found -> preview(records, found)));
    }

    private Uni<ResyncPreview> preview(List<RoleRecord> records, AccountScanner.Found found) {
        Map<InstanceArn, RoleRecord> byInstance = records.stream()
                .collect(Collectors.toMap(record -> record.role().instance(), Function.identity(), (a, b) -> b));
        Map<InstanceArn, String> failures = new ConcurrentHashMap<>();
        return Multi.createFrom()
                .items(Stream.concat(found.differing().stream(), found.unknown().stream())
                        .map(byInstance::get))
                .onItem()
                .transformToUni(record -> preview(record, failures))
                .merge(concurrency)
                .flatMap(preview -> Multi.createFrom().optional(preview))
                .collect()
                .asList()
                .map(previews -> ResyncPreview.of(previews, failures, found.unchanged()));
    }

    private Uni<Optional<RolePreview>> preview(RoleRecord record, Map<InstanceArn, String> failures) {
        return previewer.preview(record).map(Optional::of).onFailure().recoverWithItem(failure -> {
            failures.put(record.role().instance(), FailureText.of(failure));
            return Optional.empty();
        });
    }
}
