/** Tests with hostile messages in the queues. */
@NullMarked
package dev.linkedrole.attack;

import org.jspecify.annotations.NullMarked;
