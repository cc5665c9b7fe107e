/** Exhaustive interleavings of two replicas, and crashes at every call site. */
@NullMarked
package dev.linkedrole.simulation.races;

import org.jspecify.annotations.NullMarked;
