/** Tests of how roles are brought to what is desired, whoever else is at it and whatever fails on the way. */
@NullMarked
package dev.linkedrole.reconcile;

import org.jspecify.annotations.NullMarked;
