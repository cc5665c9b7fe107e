/** The service as several real processes, with everything going wrong that can be made to go wrong on one machine. */
@NullMarked
package dev.linkedrole.chaos;

import org.jspecify.annotations.NullMarked;
