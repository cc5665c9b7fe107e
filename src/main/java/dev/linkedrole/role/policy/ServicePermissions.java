package dev.linkedrole.role.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.awssdk.policybuilder.iam.IamValue;

/**
 * Permissions of a role's policies for the actions of one service. Boundaries and policies elsewhere may restrict them.
 *
 * @param allowed permissions of allowing statements
 * @param denied permissions of denying statements, which take precedence
 */
public record ServicePermissions(SortedSet<ServicePermission> allowed, SortedSet<ServicePermission> denied) {

    public ServicePermissions {
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
        denied = Collections.unmodifiableSortedSet(new TreeSet<>(denied));
    }

    /**
     * Reads the permissions of policies.
     *
     * @param service prefix of the service's actions before the colon, such as {@code lex}
     * @param policies as JSON; a text that is no policy has no permissions
     */
    public static ServicePermissions of(String service, Collection<String> policies) {
        SortedSet<ServicePermission> allowed = new TreeSet<>();
        SortedSet<ServicePermission> denied = new TreeSet<>();
        for (String policy : policies) {
            for (IamStatement statement : PolicyDocument.statements(policy)) {
                (statement.effect().equals(IamEffect.ALLOW) ? allowed : denied).addAll(of(service, statement));
            }
        }
        return new ServicePermissions(allowed, denied);
    }

    /** Returns permissions that are allowed here and not completely allowed by another role. */
    public SortedSet<ServicePermission> beyond(ServicePermissions other) {
        return allowed.stream()
                .filter(this::grants)
                .filter(Predicate.not(other::grants))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean grants(ServicePermission permission) {
        return allowed.stream().anyMatch(allows -> allows.covers(permission))
                && denied.stream().noneMatch(denies -> denies.covers(permission));
    }

    private static List<ServicePermission> of(String service, IamStatement statement) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> conditions = conditions(statement);
        return actions(service, statement).stream()
                .flatMap(action -> resources(statement).stream()
                        .map(resource -> new ServicePermission(action, resource, conditions)))
                .toList();
    }

    private static List<String> actions(String service, IamStatement statement) {
        if (statement.notActions().isEmpty()) {
            return values(statement.actions()).stream()
                    .filter(action -> isOf(service, action))
                    .toList();
        }
        List<String> excepted = values(statement.notActions());
        boolean none = excepted.stream()
                .map(action -> new Glob(action.toLowerCase(Locale.ROOT)))
                .anyMatch(exception -> exception.covers(service + ":*"));
        return none ? List.of() : List.of(allExcept(excepted));
    }

    private static boolean isOf(String service, String action) {
        int colon = action.indexOf(':');
        String prefix = colon < 0 ? action : action.substring(0, colon);
        return new Glob(prefix.toLowerCase(Locale.ROOT)).covers(service);
    }

    private static List<String> resources(IamStatement statement) {
        return statement.notResources().isEmpty()
                ? values(statement.resources())
                : List.of(allExcept(values(statement.notResources())));
    }

    private static String allExcept(List<String> excepted) {
        return "* except " + String.join(", ", excepted);
    }

    private static List<String> values(List<? extends IamValue> values) {
        return values.stream().map(IamValue::value).sorted().toList();
    }

    private static SortedMap<String, SortedMap<String, SortedSet<String>>> conditions(IamStatement statement) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> conditions = new TreeMap<>();
        for (IamCondition condition : statement.conditions()) {
            conditions
                    .computeIfAbsent(condition.operator().value(), operator -> new TreeMap<>())
                    .computeIfAbsent(condition.key().value(), key -> new TreeSet<>())
                    .add(condition.value());
        }
        return conditions;
    }
}
