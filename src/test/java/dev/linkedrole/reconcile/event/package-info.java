/** Tests of events that come together, overtake each other or are rejected. */
@NullMarked
package dev.linkedrole.reconcile.event;

import org.jspecify.annotations.NullMarked;
