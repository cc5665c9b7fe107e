package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;

/**
 * The result of handling an event.
 *
 * @param duplicate whether it had been recorded before
 * @param reconciliation what it took to put it in force
 */
public record HandlingResult(boolean duplicate, Reconciliation reconciliation) {}
