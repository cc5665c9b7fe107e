/**
 * Recording of what Amazon Connect says of one instance: it is compared with the ledger, and the events that the ledger
 * lacks go the way of all events.
 *
 * <p>May use {@code connect}, {@code connect.comparison}, {@code ledger}, {@code reconcile}, {@code
 * reconcile.concurrency}, {@code reconcile.event}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.recording;

import org.jspecify.annotations.NullMarked;
