package dev.linkedrole.reconcile;

import dev.linkedrole.role.RoleEvent;

/**
 * An event that came.
 *
 * @param redelivered whether its message was received before: then whoever had it may have died after writing to IAM, and the role is
 *     compared with IAM itself
 */
public record Arrival(RoleEvent event, boolean redelivered) {}
