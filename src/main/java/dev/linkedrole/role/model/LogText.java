package dev.linkedrole.role.model;

import java.util.stream.Collectors;

/**
 * Text from outside, made safe for messages to people: one line of printable ASCII of bounded length. It cannot inject
 * a line of its own into a log.
 */
public final class LogText {

    private static final int LONGEST = 200;

    private LogText() {}

    /**
     * Returns the text in quotation marks, with characters outside printable ASCII as Unicode escapes, cut if that is
     * long.
     */
    public static String of(String text) {
        return "'" + bare(text) + "'";
    }

    /** Returns the text likewise, without quotation marks. */
    public static String bare(String text) {
        String printable = text.chars()
                .limit(LONGEST + 1)
                .mapToObj(c -> c >= ' ' && c <= '~' ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "..." : printable;
    }
}
