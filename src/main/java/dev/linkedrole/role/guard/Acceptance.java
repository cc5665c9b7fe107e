package dev.linkedrole.role.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * The acceptance of settings, as the ledger has it.
 *
 * @param settings the accepted settings
 * @param digest their digest, as the version that accepted them computed it
 * @param at time of the acceptance
 * @param caller the operator who released them; empty if a start accepted them
 * @param released digest of the change that was released; empty if a start accepted them
 */
public record Acceptance(
        AcceptedSettings settings, String digest, Instant at, Optional<String> caller, Optional<String> released) {

    /** Returns the acceptance by a start. */
    public static Acceptance atStart(AcceptedSettings settings, Instant at) {
        return new Acceptance(settings, settings.digest(), at, Optional.empty(), Optional.empty());
    }

    /** Returns the acceptance by an operator's release. */
    public static Acceptance byRelease(AcceptedSettings settings, Instant at, String caller, String released) {
        return new Acceptance(settings, settings.digest(), at, Optional.of(caller), Optional.of(released));
    }
}
