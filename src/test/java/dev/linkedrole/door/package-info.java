/** Tests of the door: whatever is put into a queue, by whomever, for whatever purpose. */
@NullMarked
package dev.linkedrole.door;

import org.jspecify.annotations.NullMarked;
