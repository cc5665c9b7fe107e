/**
 * Guard against changed settings: what is accepted of them, what is held, and by which rules roles are compiled in the
 * meantime.
 *
 * <p>May use {@code role.catalog}, {@code role.model}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.role.guard;

import org.jspecify.annotations.NullMarked;
