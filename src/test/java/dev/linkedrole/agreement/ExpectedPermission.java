package dev.linkedrole.agreement;

import dev.linkedrole.testing.iam.Permission;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The permissions of a role by the table, independent of its policies.
 *
 * @param allowed the allowed permissions
 * @param denied the denied permissions, which take precedence
 */
record ExpectedPermission(Set<Permission> allowed, Set<Permission> denied) {

    ExpectedPermission(Stream<? extends Collection<Permission>> allowed, Set<Permission> denied) {
        this(allowed.flatMap(Collection::stream).collect(Collectors.toSet()), denied);
    }

    boolean allows(Request request) {
        return anyMeans(allowed, request) && !anyMeans(denied, request);
    }

    private static boolean anyMeans(Set<Permission> permissions, Request request) {
        return permissions.stream()
                .anyMatch(permission -> matches(permission.action(), request.action(), Pattern.CASE_INSENSITIVE)
                        && matches(permission.resource(), request.resource(), 0)
                        && Conditions.of(permission).hold(request));
    }

    private static boolean matches(String pattern, String text, int flags) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, flags).matcher(text).matches();
    }
}
