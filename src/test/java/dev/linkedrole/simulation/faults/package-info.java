/** Faults of the simulation, and defects planted to check that it finds them. */
@NullMarked
package dev.linkedrole.simulation.faults;

import org.jspecify.annotations.NullMarked;
