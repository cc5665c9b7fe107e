/** Tests of pauses. */
@NullMarked
package dev.linkedrole.role.pause;

import org.jspecify.annotations.NullMarked;
