/**
 * Operations that the API offers to operators.
 *
 * <p>May use {@code ledger}, {@code ledger.pauses}, {@code reconcile}, {@code reconcile.apply}, {@code
 * reconcile.event}, {@code role.identity}, {@code role.model}, {@code role.pause}, {@code role.policy}, {@code
 * role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.operations;

import org.jspecify.annotations.NullMarked;
