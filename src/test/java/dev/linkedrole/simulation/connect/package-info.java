/** Simulation of a fleet whose producer is Amazon Connect. */
@NullMarked
package dev.linkedrole.simulation.connect;

import org.jspecify.annotations.NullMarked;
