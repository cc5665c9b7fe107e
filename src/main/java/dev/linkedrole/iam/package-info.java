/**
 * Ports to IAM: the accounts, access to each, and single calls with the meaning of their failures.
 *
 * <p>May use {@code role.fingerprint}, {@code role.identity}, {@code role.model}, {@code role.plan}, {@code
 * role.state}.
 */
@NullMarked
package dev.linkedrole.iam;

import org.jspecify.annotations.NullMarked;
