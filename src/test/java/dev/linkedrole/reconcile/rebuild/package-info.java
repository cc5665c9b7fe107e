/** Tests of rebuilding the ledger from IAM. */
@NullMarked
package dev.linkedrole.reconcile.rebuild;

import org.jspecify.annotations.NullMarked;
