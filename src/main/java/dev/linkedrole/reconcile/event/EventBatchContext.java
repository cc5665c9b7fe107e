package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.PolicyCompiler;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The collaborators of every batch of events.
 *
 * @param compilers the compiler in force; a batch uses one
 * @param store circuit breaker that observes whether events can be recorded
 */
public record EventBatchContext(
        Ledger ledger,
        Supplier<PolicyCompiler> compilers,
        Reconciler reconciler,
        InstantSource clock,
        Retry retry,
        CircuitBreaker store) {}
