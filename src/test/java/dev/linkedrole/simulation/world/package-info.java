/** Models of the simulated services, replicas and time. */
@NullMarked
package dev.linkedrole.simulation.world;

import org.jspecify.annotations.NullMarked;
