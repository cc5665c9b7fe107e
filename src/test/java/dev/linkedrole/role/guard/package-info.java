/** Tests of the rules by which roles are compiled while a change is held. */
@NullMarked
package dev.linkedrole.role.guard;

import org.jspecify.annotations.NullMarked;
