/** Time in tests. */
@NullMarked
package dev.linkedrole.testing.time;

import org.jspecify.annotations.NullMarked;
