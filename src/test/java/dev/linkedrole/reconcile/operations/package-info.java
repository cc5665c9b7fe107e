/** Tests of the operators' operations. */
@NullMarked
package dev.linkedrole.reconcile.operations;

import org.jspecify.annotations.NullMarked;
