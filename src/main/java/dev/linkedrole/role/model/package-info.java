/**
 * Values and rules of the domain: instances, events, grants and the desired state of a role as a
 * join-semilattice ({@link dev.linkedrole.role.model.LinkedRole}), a state-based CRDT of last-writer-wins
 * registers.
 *
 * <p>May use nothing of this project.
 */
@NullMarked
package dev.linkedrole.role.model;

import org.jspecify.annotations.NullMarked;
