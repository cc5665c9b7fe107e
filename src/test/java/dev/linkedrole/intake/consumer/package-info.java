/** Tests of the receiver with a model queue and virtual time. */
@NullMarked
package dev.linkedrole.intake.consumer;

import org.jspecify.annotations.NullMarked;
