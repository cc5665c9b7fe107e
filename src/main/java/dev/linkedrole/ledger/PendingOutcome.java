package dev.linkedrole.ledger;

import dev.linkedrole.role.outcome.Outcome;
import java.time.Instant;

/**
 * An outcome in the {@link Outbox}.
 *
 * @param lane whose turn it is in: all outcomes of one lane are published one after the other
 * @param place position in its lane
 * @param id the outcome's id, as it was when it was put here
 * @param since when it was put here
 */
public record PendingOutcome(String lane, String place, String id, Instant since, Outcome outcome) {}
