package dev.linkedrole.iam;

/**
 * Numbers of roles and managed policies in an account, of all owners, and the account's quotas.
 *
 * @param roles number of roles
 * @param rolesQuota maximum number of roles
 * @param policies number of managed policies of the account's own
 * @param policiesQuota maximum number of them
 */
public record AccountUsage(int roles, int rolesQuota, int policies, int policiesQuota) {}
