package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.SettingsChange;
import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comparison of the settings and the catalog with those of the last start. It logs the changes and their meaning for
 * recorded roles; a {@code SettingsGuard} holds those that would take something from them.
 */
public final class SettingsWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);

    /** Attempts to reach the ledger; if it is unavailable for longer, its own messages are more important. */
    private static final int ATTEMPTS = 30;

    private static final Backoff WHILE_AWAY = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Maximum number of lines: more than an operator reads at once. */
    private static final int MAX_LINES = 50;

    private final LastSettings last;
    private final SettingsSnapshot now;
    private final InstantSource clock;
    private final Retry retry;

    public SettingsWatch(LastSettings last, SettingsSnapshot now, InstantSource clock, Retry retry) {
        this.last = last;
        this.now = now;
        this.clock = clock;
        this.retry = retry;
    }

    /**
     * Compares, warns of changes, and stores the present settings. Changes that need an operator's confirmation are
     * found here.
     */
    public Uni<List<SettingsChange>> compare() {
        return whileAway(last::load)
                .flatMap(found -> {
                    List<SettingsChange> changes = found.map(before -> SettingsChange.between(before, now))
                            .orElse(List.of());
                    // The warning comes first, since a change that is stored is not reported again.
                    warn(changes);
                    boolean same = found.isPresent() && changes.isEmpty();
                    return (same ? Uni.createFrom().voidItem() : whileAway(() -> last.save(now, clock.instant())))
                            .replaceWith(changes);
                })
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                        .log(
                                "The settings could not be compared with those of the last start: {}",
                                FailureText.of(failure)));
    }

    private <T> Uni<T> whileAway(Supplier<Uni<T>> call) {
        return retry.upTo(ATTEMPTS, WHILE_AWAY, failure -> true, call);
    }

    private static void warn(List<SettingsChange> changes) {
        changes.stream()
                .limit(MAX_LINES)
                .forEach(change -> LOG.atWarn()
                        .addKeyValue("setting", change.setting())
                        .log("Since the last start {}", change.line()));
        if (changes.size() > MAX_LINES) {
            LOG.warn("Since the last start {} more settings have changed", changes.size() - MAX_LINES);
        }
    }
}
