package dev.linkedrole.role.model;

import java.util.regex.Pattern;

/**
 * Description of a role: the only attribute of it that operators may edit.
 *
 * @param text at most 1,000 characters of Latin-1 without control characters other than tab, line feed and carriage
 *     return
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html">IAM's
 *     description</a>
 */
public record RoleDescription(String text) implements Comparable<RoleDescription> {

    /** Maximum number of characters that IAM accepts. */
    public static final int MAX_LENGTH = 1_000;

    private static final Pattern ALLOWED = Pattern.compile("[\\t\\n\\r -~\\u00A1-\\u00FF]*");

    /** @throws InvalidValueException if IAM would not accept it */
    public RoleDescription {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    "a description has at most " + MAX_LENGTH + " characters, not " + text.length());
        }
        if (!ALLOWED.matcher(text).matches()) {
            throw new InvalidValueException(
                    "a description has only printable characters of Latin-1, tabs and line ends," + " unlike "
                            + LogText.of(text));
        }
    }

    @Override
    public int compareTo(RoleDescription other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
