/**
 * JSON views of the API.
 *
 * <p>May use {@code connect.imports}, {@code intake.deadletters}, {@code ledger}, {@code ledger.imports},
 * {@code ledger.listing}, {@code reconcile}, {@code reconcile.apply}, {@code reconcile.rebuild}, {@code reconcile.resync},
 * {@code role.catalog}, {@code role.guard}, {@code role.identity}, {@code role.model}, {@code role.packing},
 * {@code role.plan}, {@code role.policy}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.api.view;

import org.jspecify.annotations.NullMarked;
