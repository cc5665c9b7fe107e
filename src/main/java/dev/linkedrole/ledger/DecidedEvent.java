package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.RoleEvent;

/**
 * An event to be recorded, with the decision on it.
 *
 * @param decision decision on the record and on the earlier events that are recorded together with this one
 */
public record DecidedEvent(RoleEvent event, Decision decision) {

    public boolean changes() {
        return decision.effect() != Decision.Effect.SUPERSEDED;
    }
}
