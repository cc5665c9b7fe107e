/** Invariants that the simulation checks. */
@NullMarked
package dev.linkedrole.simulation.checks;

import org.jspecify.annotations.NullMarked;
