package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.PolicyCompiler;
import java.time.InstantSource;

/**
 * The collaborators of every batch of events.
 *
 * @param store circuit breaker that observes whether events can be recorded
 */
public record EventBatchContext(
        Ledger ledger,
        PolicyCompiler compiler,
        Reconciler reconciler,
        InstantSource clock,
        Retry retry,
        CircuitBreaker store) {}
