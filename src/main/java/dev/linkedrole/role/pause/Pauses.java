package dev.linkedrole.role.pause;

import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All known pauses.
 *
 * @param all at most one for each scope; some may have ended
 */
public record Pauses(List<Pause> all) {

    public static final Pauses NONE = new Pauses(List.of());

    public Pauses {
        all = List.copyOf(all);
    }

    /** Returns the pauses that have not ended, in the order of their scopes. */
    public List<Pause> inForce(Instant now) {
        return all.stream()
                .filter(pause -> pause.inForce(now))
                .sorted(Comparator.comparing(pause -> pause.scope().text()))
                .toList();
    }

    /** Returns the pause of a role; of several, the one that ends last. */
    public Optional<Pause> of(InstanceArn instance, Instant now) {
        return all.stream()
                .filter(pause -> pause.inForce(now) && pause.scope().includes(instance))
                .max(Comparator.comparing(Pause::until));
    }
}
