/**
 * Fixtures for tests against a local AWS: the AWS itself, isolated deployments, producers of events, and readers of the
 * results that share no code with the service.
 */
@NullMarked
package dev.linkedrole.testing;

import org.jspecify.annotations.NullMarked;
