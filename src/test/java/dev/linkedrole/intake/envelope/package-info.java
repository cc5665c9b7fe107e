/** Tests of reading messages. */
@NullMarked
package dev.linkedrole.intake.envelope;

import org.jspecify.annotations.NullMarked;
