package dev.linkedrole.ledger.checks;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port to the progress of the check, which is stored beside the roles. Any number of replicas may use it at once. */
public interface Checks {

    /** Returns the progress at each location that was checked or failed, in their order. */
    Uni<List<CheckProgress>> all();

    /**
     * Writes the progress at a location.
     *
     * @return false if the stored version is not the one before; then nothing is written
     */
    Uni<Boolean> save(CheckProgress progress);
}
