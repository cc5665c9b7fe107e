/**
 * What tests against a local AWS are made of: the AWS itself, a deployment of one's own on it, producers of events, and
 * readers of what became of them that share nothing with the service.
 */
@NullMarked
package dev.linkedrole.testing;

import org.jspecify.annotations.NullMarked;
