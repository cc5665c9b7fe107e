package dev.linkedrole.ledger.imports;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port to the imports, which are stored beside the roles. Any number of replicas may use it at once. */
public interface Imports {

    /** Maximum number of imports that have not ended. */
    int MAX_RUNNING = 20;

    /**
     * Adds an import.
     *
     * @return false if {@link #MAX_RUNNING} have not ended; then nothing is written
     */
    Uni<Boolean> add(ImportRecord requested);

    /** Returns an import; empty if there is none of this id. */
    Uni<Optional<ImportRecord>> get(String id);

    /** Returns the imports that were requested last, the newest first. */
    Uni<List<ImportRecord>> newest(int limit);

    /** Returns the imports that have not ended, the oldest first. */
    Uni<List<ImportRecord>> running();

    /** Returns the progress of an import at each location that was begun, in their order. */
    Uni<List<LocationProgress>> progress(String id);

    /**
     * Writes the progress at a location.
     *
     * @return false if the stored version is not the one before; then nothing is written
     */
    Uni<Boolean> save(String id, LocationProgress progress);

    /** Keeps a finding, in place of an earlier one about the same instance. */
    Uni<Void> keep(String id, Finding finding);

    /**
     * Returns a page of an import's findings.
     *
     * @param after mark of the last finding of the page before; empty for the first page
     * @param limit maximum number of findings, at least 1
     */
    Uni<Finding.Page> findings(String id, Optional<String> after, int limit);

    /** Ends an import, if it has not ended yet. */
    Uni<Void> end(String id, ImportRecord.State how, Instant at);
}
