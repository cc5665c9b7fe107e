package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;

/**
 * What became of an operator's word.
 *
 * @param news whether it was recorded; not if all of it was known
 * @param record the role after it
 */
public record Told(boolean news, RoleRecord record) {}
