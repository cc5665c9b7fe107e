/** What trying again promises. */
@NullMarked
package dev.linkedrole.retry;

import org.jspecify.annotations.NullMarked;
