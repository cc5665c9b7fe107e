package dev.linkedrole.iam;

import java.time.Duration;

/**
 * Limits of a call to AWS: attempts, time per attempt, total time.
 *
 * @param attempts number of attempts in all, with backoff and jitter
 * @param attemptTimeout time limit of one attempt
 * @param timeout time limit of all attempts together
 */
public record CallLimits(int attempts, Duration attemptTimeout, Duration timeout) {}
