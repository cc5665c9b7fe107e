/**
 * Ports and values of the ledger: what every role should be, why, and how far IAM has got. Only recorded grants are
 * applied to IAM.
 *
 * <p>May use {@code config}, {@code retry}, {@code role.fingerprint}, {@code role.guard}, {@code role.identity},
 * {@code role.model}, {@code role.outcome}, {@code role.packing}, {@code role.plan}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.ledger;

import org.jspecify.annotations.NullMarked;
