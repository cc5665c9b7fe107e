package dev.linkedrole.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The outcomes that wait in the {@link Outbox}.
 *
 * @param lanes in which anything waits
 * @param pending number of waiting outcomes, as far as they were counted
 * @param oldest since when the oldest one has waited; empty if none does
 * @param complete whether all were counted
 */
public record OutboxBacklog(Set<String> lanes, int pending, Optional<Instant> oldest, boolean complete) {

    public OutboxBacklog {
        lanes = Set.copyOf(lanes);
    }
}
