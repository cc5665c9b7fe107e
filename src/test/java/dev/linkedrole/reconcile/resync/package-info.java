/** Tests of the periodic comparison. */
@NullMarked
package dev.linkedrole.reconcile.resync;

import org.jspecify.annotations.NullMarked;
