package dev.linkedrole.api;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Detects outcomes of a role that are overdue for publishing. */
@Singleton
class UnpublishedOutcomes {

    /** Age up to which an outcome counts as being published. */
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final int MAX_COUNTED = 100;

    private final Outbox outbox;
    private final InstantSource clock;
    private final boolean published;

    UnpublishedOutcomes(Outbox outbox, InstantSource clock, ControllerConfig config) {
        this.outbox = outbox;
        this.clock = clock;
        this.published = config.outcomes().target().isPresent();
    }

    /** Returns a condition if an outcome is overdue; empty if all are published, or if no target is configured. */
    Uni<Optional<Condition>> of(InstanceId instance) {
        return published
                ? outbox.oldest(Outbox.laneOf(instance), MAX_COUNTED).map(this::condition)
                : Uni.createFrom().item(Optional.empty());
    }

    private Optional<Condition> condition(List<PendingOutcome> pending) {
        RecentWindow onTheirWay = RecentWindow.around(clock.instant(), MAX_AGE);
        return pending.stream()
                .map(PendingOutcome::since)
                .min(Instant::compareTo)
                .filter(since -> !onTheirWay.includes(since))
                .map(since -> new Condition(
                        Condition.Type.OutcomeNotPublished,
                        (pending.size() < MAX_COUNTED ? "" : "at least ") + pending.size()
                                + " outcomes could not be published yet; the role itself does not depend on it",
                        since));
    }
}
