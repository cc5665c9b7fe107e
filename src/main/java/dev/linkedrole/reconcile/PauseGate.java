package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.pause.Pause;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Gate that operators' pauses close, and that opens for reading only if the service observes. */
public final class PauseGate implements WriteGate {

    private static final String OBSERVES =
            "linked-role.observe is on: events are recorded, and nothing is written to IAM";

    private final PauseWatch watch;
    private final InstantSource clock;
    private final boolean observe;
    private final Instant since;

    /** @param observe true if this process writes nothing to IAM */
    public PauseGate(PauseWatch watch, InstantSource clock, boolean observe) {
        this.watch = watch;
        this.clock = clock;
        this.observe = observe;
        this.since = clock.instant();
    }

    @Override
    public Uni<Optional<Condition>> closed(InstanceArn instance) {
        return watch.current()
                .map(pauses -> pauses.of(instance, clock.instant()).map(Pause::condition));
    }

    @Override
    public Optional<Condition> readOnly(String step) {
        return observing(OBSERVES + "; the next step would be: " + step);
    }

    /** Returns the condition of a role that may not be written now, for whoever looks at it. */
    public Uni<Optional<Condition>> seen(InstanceArn instance) {
        return closed(instance).map(paused -> paused.or(() -> observing(OBSERVES)));
    }

    private Optional<Condition> observing(String detail) {
        return observe ? Optional.of(new Condition(Condition.Type.Paused, detail, since)) : Optional.empty();
    }
}
