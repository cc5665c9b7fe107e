package dev.linkedrole.ledger;

import dev.linkedrole.role.outcome.Outcome;
import java.time.Instant;

/**
 * An outcome in the {@link Outbox}.
 *
 * @param lane its lane: the outcomes of one lane are published one after the other
 * @param position position in its lane
 * @param id the outcome's id, fixed when it was put in
 * @param since time at which it was put in
 */
public record PendingOutcome(String lane, String position, String id, Instant since, Outcome outcome) {}
