package dev.linkedrole.role.model;

/**
 * The desired description of a role.
 *
 * @param text description of a role that is made again
 * @param edited whether an operator has set it, so that it must stay; otherwise the description in IAM is left as it is
 */
public record DesiredDescription(String text, boolean edited) {}
