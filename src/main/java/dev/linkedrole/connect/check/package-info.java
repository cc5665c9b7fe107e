/**
 * Check: within each period every instance is compared with what Amazon Connect says of it, so that a lost event is made
 * good. The instances are spread over the period, and over the replicas by location.
 *
 * <p>May use {@code connect}, {@code connect.comparison}, {@code connect.recording}, {@code connect.walk}, {@code
 * ledger}, {@code ledger.checks}, {@code ledger.imports}, {@code loop}, {@code reconcile.concurrency}, {@code retry},
 * {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.check;

import org.jspecify.annotations.NullMarked;
