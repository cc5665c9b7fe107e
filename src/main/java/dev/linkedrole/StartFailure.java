package dev.linkedrole;

import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.config.ConfigValidationException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Message for an operator on why the service could not start. */
final class StartFailure {

    /** SmallRye Config's message on a value that it cannot read. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "(?:\\S+: )?SRCFG\\d+: The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being"
                    + " converted (?:SRCFG\\d+: )?(.*)",
            Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("^(?:[\\w.$]+(?:Exception|Error): )?SRCFG\\d+: ");

    private StartFailure() {}

    /** Lists the causes of a failed start, one line each. */
    static String of(Throwable failure) {
        String next = System.lineSeparator() + "  ";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException invalid) {
                return next
                        + String.join(
                                next,
                                IntStream.range(0, invalid.getProblemCount())
                                        .mapToObj(i ->
                                                readable(invalid.getProblem(i).getMessage()))
                                        .sorted()
                                        .toList());
            }
            if (cause instanceof InvalidValueException invalid) {
                return next + invalid.getMessage();
            }
        }
        return reasons(failure);
    }

    private static String readable(String problem) {
        Matcher unreadable = UNREADABLE.matcher(problem);
        return unreadable.matches()
                ? unreadable.group(1) + " cannot be \"" + unreadable.group(2) + "\": " + unreadable.group(3)
                : CODE.matcher(problem).replaceFirst("");
    }

    /**
     * Lists the reasons, from the step that failed down to its root cause; the framework's own message repeats much of
     * it.
     */
    private static String reasons(Throwable failure) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && reasons.stream().noneMatch(known -> known.contains(message))) {
                reasons.add(message);
            }
        }
        return String.join(System.lineSeparator() + "  because ", reasons);
    }
}
