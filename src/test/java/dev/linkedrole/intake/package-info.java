/** Tests of decoding, rejecting and returning messages. */
@NullMarked
package dev.linkedrole.intake;

import org.jspecify.annotations.NullMarked;
