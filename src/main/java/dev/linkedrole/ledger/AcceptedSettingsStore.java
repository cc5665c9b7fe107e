package dev.linkedrole.ledger;

import dev.linkedrole.role.guard.Acceptance;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Port to the accepted settings, which the ledger stores beside the roles for all replicas. */
public interface AcceptedSettingsStore {

    /** Loads the acceptance; empty if nothing was accepted yet. Includes every write that has ended before. */
    Uni<Optional<Acceptance>> load();

    /**
     * Replaces the acceptance.
     *
     * @param expected digest of the accepted settings that are replaced; empty if there must be none
     * @return false if other settings are accepted; then nothing is written
     */
    Uni<Boolean> replace(Optional<String> expected, Acceptance next);
}
