package dev.linkedrole.reconcile.event;

import dev.linkedrole.role.model.RoleEvent;

/**
 * A received event.
 *
 * @param redelivered true if its message was received before: then its first receiver may have died after writing to
 *     IAM, and the role is compared with IAM itself
 */
public record ReceivedEvent(RoleEvent event, boolean redelivered) {}
