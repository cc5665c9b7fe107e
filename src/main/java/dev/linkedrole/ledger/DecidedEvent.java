package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.RoleEvent;

/**
 * An event to be recorded, and what was decided on it.
 *
 * @param decision made on the record, and on all that is recorded together with this event and before it
 */
public record DecidedEvent(RoleEvent event, Decision decision) {

    public boolean changes() {
        return decision.effect() != Decision.Effect.SUPERSEDED;
    }
}
