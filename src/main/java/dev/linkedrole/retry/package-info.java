/**
 * Retrying: backoff with jitter, circuit breaker, time limits, and failures in one line. Time and chance are
 * passed in, so that tests decide both.
 *
 * <p>May use nothing of this project.
 */
@NullMarked
package dev.linkedrole.retry;

import org.jspecify.annotations.NullMarked;
