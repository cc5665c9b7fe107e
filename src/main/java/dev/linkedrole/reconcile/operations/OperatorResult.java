package dev.linkedrole.reconcile.operations;

import dev.linkedrole.ledger.RoleRecord;

/**
 * The result of an operation by an operator.
 *
 * @param news true if it changed anything; false if the same was recorded before
 * @param record the role after it
 */
public record OperatorResult(boolean news, RoleRecord record) {}
