/** Tests of the reconciliation of roles, with concurrent replicas and editors and with failures on the way. */
@NullMarked
package dev.linkedrole.reconcile;

import org.jspecify.annotations.NullMarked;
