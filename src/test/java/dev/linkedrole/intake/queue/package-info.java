/** Tests of the receiver, at a queue that is a model and in time that is let pass by hand. */
@NullMarked
package dev.linkedrole.intake.queue;

import org.jspecify.annotations.NullMarked;
