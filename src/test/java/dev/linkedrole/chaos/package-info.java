/** Tests of the service as several real processes, with faults that one machine can produce. */
@NullMarked
package dev.linkedrole.chaos;

import org.jspecify.annotations.NullMarked;
