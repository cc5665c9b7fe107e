package dev.linkedrole.ledger.pauses;

import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.Pauses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A replica's view of the pauses, of bounded age: whoever asks for it while it is older waits for a new one. So the
 * pauses are read every few seconds, however many roles are reconciled, and a pause is in force everywhere {@link
 * #MAX_AGE} after it was stored.
 */
public final class PauseWatch {

    /** Maximum age of the view. */
    public static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PauseWatch.class);

    private final PauseStore store;
    private final InstantSource clock;
    private final InstantSource steady;
    private volatile View view = new View(Pauses.NONE, Optional.empty());
    private @Nullable Uni<Pauses> reading;
    private Set<Pause> inForce = Set.of();

    /**
     * @param clock the clock by which pauses end
     * @param steady this process's own time, by which the view ages
     */
    public PauseWatch(PauseStore store, InstantSource clock, InstantSource steady) {
        this.store = store;
        this.clock = clock;
        this.steady = steady;
    }

    /** The pauses, and when their read began, by the process's own time; empty before the first read. */
    private record View(Pauses pauses, Optional<Instant> begun) {}

    /** Returns the latest view, whatever its age. */
    public Pauses known() {
        return view.pauses();
    }

    /** Returns the view; fails if it is too old and the ledger cannot be read. */
    public Uni<Pauses> current() {
        return Uni.createFrom().deferred(() -> {
            View known = view;
            Instant oldest = steady.instant().minus(MAX_AGE);
            return known.begun().filter(oldest::isBefore).isPresent()
                    ? Uni.createFrom().item(known.pauses())
                    : shared();
        });
    }

    /** Reads the pauses now. */
    public Uni<Pauses> look() {
        return Uni.createFrom().deferred(() -> {
            Instant begun = steady.instant();
            return store.all().map(Pauses::new).invoke(found -> found(found, begun));
        });
    }

    /** Joins the read in progress, or begins one. */
    private synchronized Uni<Pauses> shared() {
        Uni<Pauses> joined = reading;
        if (joined == null) {
            joined = look().onTermination().invoke(this::ended).memoize().indefinitely();
            reading = joined;
        }
        return joined;
    }

    private synchronized void ended() {
        reading = null;
    }

    private synchronized void found(Pauses found, Instant begun) {
        if (view.begun().filter(begun::isBefore).isEmpty()) {
            view = new View(found, Optional.of(begun));
            log(found.inForce(clock.instant()));
        }
    }

    /** Logs the pauses that have begun or ended since the last view. */
    private void log(List<Pause> now) {
        Set<Pause> before = inForce;
        inForce = Set.copyOf(now);
        now.stream()
                .filter(pause -> !before.contains(pause))
                .forEach(begun ->
                        line(Level.WARN, begun).log("Paused: nothing is written to IAM, since: {}", begun.reason()));
        Set<Pause> over = new HashSet<>(before);
        over.removeAll(inForce);
        over.forEach(ended -> line(Level.INFO, ended).log("A pause has ended, or was replaced"));
    }

    private static LoggingEventBuilder line(Level level, Pause pause) {
        return LOG.atLevel(level)
                .addKeyValue("scope", pause.scope().text())
                .addKeyValue("caller", pause.caller())
                .addKeyValue("until", pause.until());
    }
}
