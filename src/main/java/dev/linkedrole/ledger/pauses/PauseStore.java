package dev.linkedrole.ledger.pauses;

import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Port to the pauses in the ledger's table, which all replicas share. */
public interface PauseStore {

    /** Reads all pauses, also those that have ended. Includes every write that has ended before. */
    Uni<List<Pause>> all();

    /** Stores a pause, in place of the one with its scope, if there is one. */
    Uni<Void> put(Pause pause);

    /**
     * Removes the pause of a scope.
     *
     * @return the pause; empty if there was none
     */
    Uni<Optional<Pause>> remove(PauseScope scope);
}
