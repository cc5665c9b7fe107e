package dev.linkedrole.reconcile.operations;

import dev.linkedrole.ledger.RoleRecord;

/**
 * The result of an operation by an operator.
 *
 * @param news whether it was; not if it had been said before
 * @param record the role after it
 */
public record OperatorResult(boolean news, RoleRecord record) {}
