/**
 * Policy documents as text: canonical form, digests, differences, wildcards, and the permissions that they grant.
 *
 * <p>May use {@code role.model}.
 */
@NullMarked
package dev.linkedrole.role.policy;

import org.jspecify.annotations.NullMarked;
