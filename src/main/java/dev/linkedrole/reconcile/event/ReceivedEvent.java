package dev.linkedrole.reconcile.event;

import dev.linkedrole.role.model.RoleEvent;

/**
 * An event that came.
 *
 * @param redelivered whether its message was received before: then its first receiver may have died after writing to IAM, and the role is
 *     compared with IAM itself
 */
public record ReceivedEvent(RoleEvent event, boolean redelivered) {}
