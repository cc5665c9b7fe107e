package dev.linkedrole.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The backlog of the {@link Outbox}.
 *
 * @param lanes lanes with waiting outcomes
 * @param pending number of waiting outcomes, as far as they were counted
 * @param oldest time since which the oldest one has waited; empty if none waits
 * @param complete true if all were counted
 */
public record OutboxBacklog(Set<String> lanes, int pending, Optional<Instant> oldest, boolean complete) {

    public OutboxBacklog {
        lanes = Set.copyOf(lanes);
    }
}
