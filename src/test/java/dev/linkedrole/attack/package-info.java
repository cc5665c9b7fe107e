/** Tests with hostile input: whatever is put into a queue, for whatever purpose. */
@NullMarked
package dev.linkedrole.attack;

import org.jspecify.annotations.NullMarked;
