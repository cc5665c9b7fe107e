/** Tests of the guard against changed settings, on models of the ledger and IAM. */
@NullMarked
package dev.linkedrole.reconcile.guard;

import org.jspecify.annotations.NullMarked;
