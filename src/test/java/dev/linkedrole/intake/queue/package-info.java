/** Tests of the receiver with a model queue and virtual time. */
@NullMarked
package dev.linkedrole.intake.queue;

import org.jspecify.annotations.NullMarked;
