package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Recording;

/**
 * What became of an event.
 *
 * @param recording whether it was new
 * @param reconciliation what it took to put it in force
 */
public record Handled(Recording recording, Reconciliation reconciliation) {}
