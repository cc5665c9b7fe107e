package dev.linkedrole.role.guard;

import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.state.SettingsChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of the settings that is held back.
 *
 * @param digest digest of the accepted settings and the new ones: a release names it
 * @param since time from which this replica holds it
 * @param changes the settings that differ
 * @param counts the roles concerned; empty until all were compared
 * @param readable false if the accepted catalog is not known: then roles only grow
 */
public record HeldChange(
        String digest, Instant since, List<SettingsChange> changes, Optional<ChangeCounts> counts, boolean readable) {

    public HeldChange {
        changes = List.copyOf(changes);
    }

    /** Returns the digest of a change. */
    public static String digest(Acceptance accepted, AcceptedSettings next) {
        return Digest.of(accepted.digest() + "\n" + next.digest());
    }

    /** Returns this change with the number of roles it concerns. */
    public HeldChange counted(ChangeCounts counted) {
        return new HeldChange(digest, since, changes, Optional.of(counted), readable);
    }

    /** Returns the change as a clause. */
    public String sentence() {
        String concerned = counts.map(counted -> counted.restricted() + " of " + counted.roles()
                        + " roles would lose permissions or be restricted, " + counted.changed() + " would change")
                .orElse("the roles that it concerns are being counted");
        return "another catalog or other settings than accepted last are held: "
                + (readable ? concerned : "the accepted catalog is not known, so that roles only grow")
                + "; POST /api/plan/release makes the change";
    }
}
