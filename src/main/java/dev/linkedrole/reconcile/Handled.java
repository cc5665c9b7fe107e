package dev.linkedrole.reconcile;

/**
 * What became of an event.
 *
 * @param duplicate whether it had been recorded before
 * @param reconciliation what it took to put it in force
 */
public record Handled(boolean duplicate, Reconciliation reconciliation) {}
