/** Tests of what operators ask for. */
@NullMarked
package dev.linkedrole.reconcile.operations;

import org.jspecify.annotations.NullMarked;
