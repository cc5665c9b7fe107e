package dev.linkedrole.ledger;

import dev.linkedrole.role.Decision;
import dev.linkedrole.role.RoleEvent;

/**
 * An event to be recorded, and what was decided on it.
 *
 * @param decision made on the record, and on all that is recorded together with this event and before it
 */
public record Decided(RoleEvent event, Decision decision) {

    boolean changes() {
        return decision.effect() != Decision.Effect.SUPERSEDED;
    }
}
