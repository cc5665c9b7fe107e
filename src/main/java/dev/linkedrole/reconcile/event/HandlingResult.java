package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;

/**
 * The result of handling an event.
 *
 * @param duplicate true if the event had been recorded before
 * @param reconciliation the reconciliation that put it in force
 */
public record HandlingResult(boolean duplicate, Reconciliation reconciliation) {}
