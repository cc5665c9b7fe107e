package dev.linkedrole.role.model;

import java.util.regex.Pattern;

/**
 * Id of one instance: a UUID in lower case. It is the key in the ledger and part of the role's name.
 *
 * @param value the UUID with its dashes, lower case
 */
public record InstanceId(String value) implements Comparable<InstanceId> {

    /** Number of hexadecimal digits of an id. */
    public static final int DIGITS = 32;

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public InstanceId {
        if (!UUID.matcher(value).matches()) {
            throw new InvalidValueException("an instance id is a lower-case UUID, not " + LogText.of(value));
        }
    }

    /** Returns the 32 hexadecimal digits without dashes, as in role names. */
    public String hex() {
        return value.replace("-", "");
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
