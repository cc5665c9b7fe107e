package dev.linkedrole.role.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Id of one instance: a UUID in lower case. It is the key in the ledger and part of the role's name.
 *
 * @param value the UUID with its dashes, lower case
 */
public record InstanceId(String value) implements Comparable<InstanceId> {

    /** Number of hexadecimal digits of an id. */
    public static final int DIGITS = 32;

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern UNDASHED =
            Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");
    private static final int DASHED_LENGTH = 36;

    public InstanceId {
        if (!UUID.matcher(value).matches()) {
            throw new InvalidValueException("an instance id is a lower-case UUID, not " + LogText.of(value));
        }
    }

    /** Reads an id as people write it: with or without dashes, in upper or lower case. */
    public static InstanceId read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher digits = UNDASHED.matcher(lower);
        return new InstanceId(digits.matches() ? digits.replaceFirst("$1-$2-$3-$4-$5") : lower);
    }

    /** Reads the id that a text ends in, such as the name of a role or an ARN; empty if it ends in none. */
    public static Optional<InstanceId> atEnd(String text) {
        return Stream.of(DASHED_LENGTH, DIGITS)
                .filter(length -> text.length() >= length)
                .map(length -> text.substring(text.length() - length).toLowerCase(Locale.ROOT))
                .filter(end ->
                        UUID.matcher(end).matches() || UNDASHED.matcher(end).matches())
                .map(InstanceId::read)
                .findFirst();
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
