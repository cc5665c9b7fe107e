/** Tests of the bounds on concurrent work. */
@NullMarked
package dev.linkedrole.reconcile.concurrency;

import org.jspecify.annotations.NullMarked;
