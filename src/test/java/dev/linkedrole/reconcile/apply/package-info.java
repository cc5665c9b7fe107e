/** Tests of changing a role in IAM, with crashes at each call. */
@NullMarked
package dev.linkedrole.reconcile.apply;

import org.jspecify.annotations.NullMarked;
