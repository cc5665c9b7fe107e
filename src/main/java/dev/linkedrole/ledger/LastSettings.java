package dev.linkedrole.ledger;

import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Port to the settings of a deployment's last start, which the ledger stores beside the roles. */
public interface LastSettings {

    /** Loads the settings of the last start; empty at the first one. */
    Uni<Optional<SettingsSnapshot>> load();

    /** Replaces them by the settings of this start. */
    Uni<Void> save(SettingsSnapshot settings, Instant at);
}
