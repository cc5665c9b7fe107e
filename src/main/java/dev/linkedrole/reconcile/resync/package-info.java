/**
 * Periodic comparison of all roles with IAM, shared by the replicas through leases.
 *
 * <p>May use {@code iam}, {@code ledger}, {@code reconcile}, {@code reconcile.apply},
 * {@code reconcile.concurrency}, {@code retry}, {@code role.identity}, {@code role.model}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.resync;

import org.jspecify.annotations.NullMarked;
