package dev.linkedrole.role;

import java.util.stream.Collectors;

/** What somebody sent, as a message to people can carry it: one line of printable ASCII, and not too long. */
final class Quote {

    private static final int LONGEST = 200;

    private Quote() {}

    /** The text in quotation marks, cut if it is long, with what is not printable ASCII as Unicode escapes. */
    static String of(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String printable = start.chars()
                .mapToObj(c -> c >= ' ' && c <= '~' ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        return "'" + printable + (start.equals(text) ? "'" : "...'");
    }
}
