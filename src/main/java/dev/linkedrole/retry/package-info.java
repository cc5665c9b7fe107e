/**
 * Trying again: how long to wait before it, and waiting. Time and chance are given to it, so that a test can decide both by a
 * seed. Uses no other room.
 */
@NullMarked
package dev.linkedrole.retry;

import org.jspecify.annotations.NullMarked;
