package dev.linkedrole.ledger;

import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** The settings of a deployment's last start, which the ledger keeps beside the roles. */
public interface LastSettings {

    /** The settings of the last start; empty at the first. */
    Uni<Optional<SettingsSnapshot>> load();

    /** Keeps those of this start in their place. */
    Uni<Void> save(SettingsSnapshot settings, Instant at);
}
