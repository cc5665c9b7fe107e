package dev.linkedrole.role.identity;

import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a role.
 *
 * @param value at most 64 characters of {@code [A-Za-z0-9+=,.@_-]}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM name requirements</a>
 */
public record RoleName(String value) {

    /** Maximum length of a name in IAM. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9+=,.@_-]{1," + MAX_LENGTH + "}");

    public RoleName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValueException("a role name has 1 to " + MAX_LENGTH
                    + " characters of A-Z a-z 0-9 + = , . @ _ -, which '" + value + "' has not");
        }
    }

    /** Returns the name of an instance's role: the prefix and the 32 hexadecimal digits of the instance's id. */
    public static RoleName of(String prefix, InstanceId instance) {
        return new RoleName(prefix + instance.hex());
    }

    /** Returns the name in a role's ARN: the part after the path. */
    public static RoleName ofArn(String arn) {
        return new RoleName(arn.substring(arn.lastIndexOf('/') + 1));
    }

    /** Returns the path in a role's ARN, with its leading and trailing slash. */
    public static String pathOfArn(String arn) {
        return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    }

    /** Returns the digits of the instance at the name's end. */
    public String digits() {
        return value.substring(value.length() - InstanceId.DIGITS);
    }

    @Override
    public String toString() {
        return value;
    }
}
