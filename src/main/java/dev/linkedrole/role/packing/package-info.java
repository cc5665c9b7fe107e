/**
 * First-fit packing of statements into the inline policy and the managed policies of a role, moving as few as
 * possible.
 *
 * <p>May use {@code role.catalog}, {@code role.identity}, {@code role.model}, {@code role.policy}.
 */
@NullMarked
package dev.linkedrole.role.packing;

import org.jspecify.annotations.NullMarked;
