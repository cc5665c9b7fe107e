/**
 * The record of what every role should be, why, and how far IAM has got: the {@link dev.linkedrole.ledger.Ledger} and its
 * DynamoDB form.
 *
 * <p>May use {@code role}. Nothing is granted that was not recorded here first.
 */
@NullMarked
package dev.linkedrole.ledger;

import org.jspecify.annotations.NullMarked;
