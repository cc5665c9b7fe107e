package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import java.util.List;
import java.util.stream.Stream;

/**
 * A change by others to a role since it was last right. Bounded in size, whatever they wrote: at most {@value
 * #MAX_LINES} lines on either side of at most {@value #MAX_LINE} characters each.
 *
 * @param component the part of the role, as in {@link RoleComponent#key}; {@code role} for the role as a whole
 * @param kind the kind of difference
 * @param missing missing resources and whole statements of a policy, tags, or the component as a whole
 * @param extra additional or different content
 */
public record Difference(String component, Kind kind, List<String> missing, List<String> extra) {

    /** Component of a difference of the role as a whole. */
    public static final String ROLE = "role";

    static final int MAX_LINES = 10;
    static final int MAX_LINE = 200;

    /** Kinds of difference. */
    public enum Kind {
        /** The component was missing. */
        MISSING,
        /** The component should not have existed. */
        EXTRA,
        /** The component had different content. */
        OTHER
    }

    public Difference {
        missing = bounded(missing);
        extra = bounded(extra);
    }

    /** Returns the difference of a role that was missing, or existed again. */
    public static Difference ofRole(Kind kind) {
        return new Difference(ROLE, kind, List.of(), List.of());
    }

    private static List<String> bounded(List<String> lines) {
        List<String> shortened =
                lines.stream().limit(MAX_LINES).map(Difference::bounded).toList();
        return lines.size() <= MAX_LINES
                ? shortened
                : Stream.concat(
                                shortened.stream().limit(MAX_LINES - 1L),
                                Stream.of("and " + (lines.size() - MAX_LINES + 1) + " more"))
                        .toList();
    }

    private static String bounded(String line) {
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE - 3) + "...";
    }
}
