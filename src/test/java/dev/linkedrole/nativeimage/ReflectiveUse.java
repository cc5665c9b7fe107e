package dev.linkedrole.nativeimage;

import java.util.Arrays;
import java.util.List;

/**
 * A reflective call that was recorded.
 *
 * @param kind name of the method of {@code java.lang.Class} for members, else what the recorder calls it
 * @param subject name of the class, resource or bundle
 * @param detail name of a member, with its parameters if it is one that is called
 * @param caller name of the class that called
 * @param method name of the calling method
 * @param descriptor descriptor of the calling method
 * @param initializing classes that were being initialized, innermost first
 * @param frames frames around the call, innermost first
 */
record ReflectiveUse(
        String kind,
        String subject,
        String detail,
        String caller,
        String method,
        String descriptor,
        List<String> initializing,
        String frames) {

    static ReflectiveUse parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 6 || parts[0].equals("failed")) {
            throw new IllegalStateException("not a recorded call: " + line);
        }
        String place = parts[3];
        int method = place.indexOf('#');
        int descriptor = place.indexOf('(', method);
        return new ReflectiveUse(
                parts[0],
                parts[1],
                parts[2],
                place.substring(0, method),
                place.substring(method + 1, descriptor),
                place.substring(descriptor),
                Arrays.stream(parts[4].split(",", -1))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                parts[5]);
    }

    /** Name of the calling class without what the JVM appends to that of a lambda. */
    String callingClass() {
        int lambda = caller.indexOf("$$Lambda");
        return lambda < 0 ? caller : caller.substring(0, lambda);
    }

    /** Returns a line that names the member to register, and lines with its callers. */
    @Override
    public String toString() {
        return kind + " " + subject + (detail.isEmpty() ? "" : " " + detail) + " by " + callingClass() + "." + method
                + "\n      " + frames.replace(" ", "\n      ");
    }
}
