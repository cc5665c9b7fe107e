/**
 * REST resources of the operators' API.
 *
 * <p>May use {@code api.view}, {@code config}, {@code connect.imports}, {@code iam},
 * {@code intake.deadletters}, {@code ledger}, {@code ledger.imports}, {@code ledger.listing}, {@code ledger.lookup}, {@code reconcile},
 * {@code reconcile.apply}, {@code reconcile.concurrency}, {@code reconcile.operations}, {@code reconcile.rebuild},
 * {@code retry}, {@code role.catalog}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.api;

import org.jspecify.annotations.NullMarked;
