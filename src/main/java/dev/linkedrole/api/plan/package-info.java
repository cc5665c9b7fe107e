/**
 * REST resource of the plan: the changes that the next resync would make.
 *
 * <p>May use {@code api.view}, {@code ledger.listing}, {@code reconcile.resync}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.api.plan;

import org.jspecify.annotations.NullMarked;
