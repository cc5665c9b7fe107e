/** Tests of how messages are read, rejected and put back. */
@NullMarked
package dev.linkedrole.intake;

import org.jspecify.annotations.NullMarked;
