/** Tests of how outcomes are told. */
@NullMarked
package dev.linkedrole.outcome;

import org.jspecify.annotations.NullMarked;
