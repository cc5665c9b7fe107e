package dev.linkedrole.role.model;

/**
 * The desired description of a role.
 *
 * @param text what a role that is made again is described with
 * @param edited whether an operator has said so, and it must stay like that; otherwise whatever IAM has is left as it is
 */
public record DesiredDescription(String text, boolean edited) {}
