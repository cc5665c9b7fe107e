/**
 * Changes of one role in IAM: creating, growing, adopting and deleting it step by step, and the conditions that
 * keep it from being as desired.
 *
 * <p>May use {@code iam}, {@code ledger}, {@code retry}, {@code role.fingerprint}, {@code role.identity},
 * {@code role.model}, {@code role.packing}, {@code role.plan}, {@code role.policy}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.apply;

import org.jspecify.annotations.NullMarked;
