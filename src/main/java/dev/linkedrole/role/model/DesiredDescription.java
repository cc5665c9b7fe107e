package dev.linkedrole.role.model;

/**
 * The desired description of a role.
 *
 * @param text description that a newly created role gets
 * @param edited true if an operator has set it, so that it must stay; otherwise the description in IAM is left as it is
 */
public record DesiredDescription(String text, boolean edited) {}
