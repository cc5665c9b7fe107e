/**
 * IAM as the reconciler sees it: the {@link dev.linkedrole.iam.Accounts} and the way into each, the {@link
 * dev.linkedrole.iam.RoleGateway} in each, and their AWS forms.
 *
 * <p>May use {@code role}. It carries out single calls and says plainly how each ended; what to call, and what to do when
 * one fails, is decided elsewhere.
 */
@NullMarked
package dev.linkedrole.iam;

import org.jspecify.annotations.NullMarked;
