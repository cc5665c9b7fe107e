/**
 * Loops that neither nest nor overlap.
 *
 * <p>May use nothing of this project.
 */
@NullMarked
package dev.linkedrole.loop;

import org.jspecify.annotations.NullMarked;
