/** Tests of outcomes. */
@NullMarked
package dev.linkedrole.role.outcome;

import org.jspecify.annotations.NullMarked;
