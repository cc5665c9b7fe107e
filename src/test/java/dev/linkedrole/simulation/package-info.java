/**
 * Whole fleets in virtual time: the real core, handler, reconciler, resync and retrying, over models of the queues, the ledger and IAM,
 * with everything that can go wrong between them. One seed decides all of it, so that what fails once fails again.
 *
 * @see <a href="https://apple.github.io/foundationdb/testing.html">FoundationDB's simulation</a>, which this is modelled on
 */
@NullMarked
package dev.linkedrole.simulation;

import org.jspecify.annotations.NullMarked;
