package dev.linkedrole.ledger.imports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Record of an import.
 *
 * @param id sorts by the time of the request
 * @param locations the accounts and regions to read, each once
 * @param dryRun true if nothing is to be recorded
 * @param endedAt time at which the last location was done or failed; empty until then
 */
public record ImportRecord(
        String id,
        Instant requestedAt,
        List<ImportLocation> locations,
        boolean dryRun,
        State state,
        Optional<Instant> endedAt) {

    /** Maximum number of locations of one import. */
    public static final int MAX_LOCATIONS = 500;

    public ImportRecord {
        locations = List.copyOf(locations);
    }

    /** Creates an import that was just requested. */
    public static ImportRecord requested(String id, Instant at, List<ImportLocation> locations, boolean dryRun) {
        return new ImportRecord(id, at, locations, dryRun, State.RUNNING, Optional.empty());
    }

    /** Returns the record of an import that has ended. */
    public ImportRecord ended(State how, Instant at) {
        return new ImportRecord(id, requestedAt, locations, dryRun, how, Optional.of(at));
    }

    /** The state of an import. */
    public enum State {
        /** At least one location is waiting or being read. */
        RUNNING,
        /** Every location was read. */
        DONE,
        /** At least one location could not be read. */
        FAILED
    }
}
