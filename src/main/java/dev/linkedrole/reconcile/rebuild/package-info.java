/**
 * Rebuilding of the ledger from IAM: the grants of roles that bear our tags are read back and recorded.
 *
 * <p>May use {@code iam}, {@code ledger}, {@code reconcile.apply}, {@code reconcile.event}, {@code retry}, {@code role.identity}, {@code
 * role.model}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.rebuild;

import org.jspecify.annotations.NullMarked;
