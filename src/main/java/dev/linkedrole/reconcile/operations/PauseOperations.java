package dev.linkedrole.reconcile.operations;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.pauses.PauseStore;
import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.role.pause.Pauses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Operations on pauses by operators. They write the ledger only, and so need no IAM. */
public final class PauseOperations {

    /** Maximum number of pauses at once: each replica reads all of them every few seconds. */
    public static final int MAX_PAUSES = 100;

    /** Time after its end for which a pause is kept; more than the clocks of replicas differ. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Ledger ledger;
    private final PauseStore store;
    private final PauseWatch watch;
    private final InstantSource clock;

    public PauseOperations(Ledger ledger, PauseStore store, PauseWatch watch, InstantSource clock) {
        this.ledger = ledger;
        this.store = store;
        this.watch = watch;
        this.clock = clock;
    }

    /** Lists the pauses that have not ended, as the ledger has them now. */
    public Uni<List<Pause>> list() {
        return watch.look().map(pauses -> pauses.inForce(clock.instant()));
    }

    /**
     * Pauses the roles of a scope, in place of an earlier pause of the same scope.
     *
     * @return fails with {@link UnknownInstanceException} if the scope is a role of which nothing is recorded, and with
     *     {@link TooManyPausesException} if there are too many
     */
    public Uni<Pause> pause(PauseScope scope, String reason, String caller, Instant until) {
        return Uni.createFrom()
                .item(() -> Pause.requested(scope, reason, caller, clock.instant(), until))
                .call(() -> requireKnown(scope))
                .call(() -> watch.look().flatMap(known -> makeRoom(scope, known)))
                .call(store::put)
                .call(watch::look);
    }

    /**
     * Ends the pause of a scope.
     *
     * @return the pause; empty if there was none in force
     */
    public Uni<Optional<Pause>> end(PauseScope scope) {
        return store.remove(scope)
                .call(watch::look)
                .map(ended -> ended.filter(pause -> pause.inForce(clock.instant())));
    }

    private Uni<Void> requireKnown(PauseScope scope) {
        return switch (scope) {
            case PauseScope.All all -> Uni.createFrom().voidItem();
            case PauseScope.OfAccount account -> Uni.createFrom().voidItem();
            case PauseScope.OfRole(InstanceId instance) ->
                ledger.load(instance)
                        .map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)))
                        .replaceWithVoid();
        };
    }

    /** Removes pauses that have ended long ago. */
    private Uni<Void> makeRoom(PauseScope scope, Pauses known) {
        Instant longAgo = clock.instant().minus(KEPT);
        List<Pause> others = known.all().stream()
                .filter(pause -> !pause.scope().equals(scope))
                .toList();
        List<Pause> over =
                others.stream().filter(pause -> !pause.inForce(longAgo)).toList();
        return others.size() - over.size() >= MAX_PAUSES
                ? Uni.createFrom().failure(new TooManyPausesException())
                : Multi.createFrom()
                        .iterable(over)
                        .onItem()
                        .transformToUniAndConcatenate(pause -> store.remove(pause.scope()))
                        .collect()
                        .last()
                        .replaceWithVoid();
    }

    /** As many pauses as are allowed have not ended. */
    public static final class TooManyPausesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyPausesException() {
            super(
                    MAX_PAUSES + " pauses have not ended, or ended within a day; end some, or pause an account or all",
                    null,
                    false,
                    false);
        }
    }
}
