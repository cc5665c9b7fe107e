package dev.linkedrole.role;

/**
 * How a role is to be described.
 *
 * @param text what a role that is made anew is described with
 * @param edited whether an operator has said so, and it must stay like that; otherwise whatever IAM has is left as it is
 */
public record WantedDescription(String text, boolean edited) {}
