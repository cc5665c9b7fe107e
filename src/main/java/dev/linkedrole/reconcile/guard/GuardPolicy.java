package dev.linkedrole.reconcile.guard;

/**
 * Limits of the guard.
 *
 * @param hold false if every change is accepted at once
 * @param changes maximum number of roles that a change may concern without an operator's release, if none of them loses
 *     anything
 */
public record GuardPolicy(boolean hold, int changes) {}
