package dev.linkedrole.iam;

import java.time.Duration;

/**
 * Limits of a call to AWS: attempts, time per attempt, total time.
 *
 * @param attempts how often it is made in all, with backoff and jitter
 * @param attemptTimeout how long one attempt may take
 * @param timeout how long all may take together
 */
public record CallLimits(int attempts, Duration attemptTimeout, Duration timeout) {}
