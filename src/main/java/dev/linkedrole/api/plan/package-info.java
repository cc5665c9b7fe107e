/**
 * REST resource of the plan: the changes that the next resync would make, and the release of held ones.
 *
 * <p>May use {@code api}, {@code api.view}, {@code ledger.listing}, {@code reconcile.guard}, {@code reconcile.resync},
 * {@code role.model}.
 */
@NullMarked
package dev.linkedrole.api.plan;

import org.jspecify.annotations.NullMarked;
