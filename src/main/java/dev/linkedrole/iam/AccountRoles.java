package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The role to assume in each account, as configured. */
public final class AccountRoles {

    /** Key of the role for every account that is not listed. */
    public static final String DEFAULT = "default";

    private static final String PROPERTY = "linked-role.accounts.";

    /** @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a> */
    private static final Pattern ROLE = Pattern.compile(
            "arn:(?:aws(?:-[a-z]+)*|\\{partition}):iam::([0-9]{12}|\\{account}):role/[!-~&&[^{}]]{1,576}");

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    private final Map<String, AssumableRole> roles;

    /**
     * @param roles by account, or {@link #DEFAULT}
     * @throws InvalidValueException if an ARN is not one of a role, or is in another account than the one that it is
     *     configured for
     */
    public AccountRoles(Map<String, AssumableRole> roles) {
        this.roles = Map.copyOf(roles);
        this.roles.forEach(AccountRoles::check);
    }

    private static void check(String account, AssumableRole role) {
        boolean isDefault = account.equals(DEFAULT);
        if (!isDefault && !InstanceArn.isAccount(account)) {
            throw new InvalidValueException(
                    PROPERTY + account + ": an account has twelve digits, and all others are called " + DEFAULT);
        }
        Matcher parts = ROLE.matcher(role.arn());
        if (!parts.matches()) {
            throw new InvalidValueException(PROPERTY + account
                    + ".role must be the ARN of a role, such as arn:{partition}:iam::{account}:role/NAME, not "
                    + role.arn());
        }
        String where = parts.group(1);
        if (!where.equals("{account}") && !where.equals(account)) {
            throw new InvalidValueException(PROPERTY + account + ".role must be a role in "
                    + (isDefault ? "{account}, so that each account has its own" : "that account") + ", not in "
                    + where);
        }
        role.externalId().ifPresent(id -> {
            if (!EXTERNAL_ID.matcher(id).matches()) {
                throw new InvalidValueException(PROPERTY + account
                        + ".external-id must be 2 to 1224 of the characters A-Z a-z 0-9 _ + = , . @ : / -");
            }
        });
    }

    /** True if nothing is configured. */
    public boolean none() {
        return roles.isEmpty();
    }

    /** Returns the role that is configured for the account by its number. */
    public Optional<AssumableRole> named(AwsAccount account) {
        return Optional.ofNullable(roles.get(account.id())).map(role -> role.of(account));
    }

    /** Returns the role that is configured for all accounts that are not listed. */
    public Optional<AssumableRole> byDefault(AwsAccount account) {
        return Optional.ofNullable(roles.get(DEFAULT)).map(role -> role.of(account));
    }
}
