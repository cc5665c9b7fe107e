/**
 * Whole fleets in virtual time: the real core, handler, reconciler, resync and retrying, over models of the queues, the
 * ledger and IAM, with faults between them. One seed decides every step, so each failure can be repeated.
 *
 * @see <a href="https://apple.github.io/foundationdb/testing.html">FoundationDB's simulation</a>, the model of this one
 */
@NullMarked
package dev.linkedrole.simulation;

import org.jspecify.annotations.NullMarked;
