/** Tests of publishing outcomes. */
@NullMarked
package dev.linkedrole.outcome;

import org.jspecify.annotations.NullMarked;
