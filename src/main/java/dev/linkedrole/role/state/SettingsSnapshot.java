package dev.linkedrole.role.state;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.ResourceKind;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.policy.Glob;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings of a deployment that affect roles, and its catalog, as texts by their names; stored from one start to
 * the next.
 *
 * @param values texts by the name of a property, or of a part of the catalog
 */
public record SettingsSnapshot(SortedMap<String, String> values) {

    static final String CATALOG = "catalog.";
    static final String FEATURE = CATALOG + "feature.";
    static final String STATEMENT = CATALOG + "statement.";
    static final String BASE = CATALOG + "base";
    static final String PRINCIPAL = CATALOG + "principal";
    static final String DEPLOYMENT = "linked-role.deployment";
    static final String BOUNDARY = "linked-role.permissions-boundary";
    static final String LEAVE_ALONE = "linked-role.leave-alone.policies";
    static final String ACCOUNT = "linked-role.accounts.";

    public SettingsSnapshot {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Returns the present settings.
     *
     * @param accounts the roles to assume, by account
     */
    public static SettingsSnapshot of(RoleSettings settings, FeatureCatalog catalog, Map<String, String> accounts) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("linked-role.mode", settings.serviceLinked() ? "service-linked" : "customer-managed");
        values.put("linked-role.name-prefix", settings.namePrefix());
        values.put("linked-role.path", settings.path());
        values.put("linked-role.owner", settings.owner());
        values.put("linked-role.managed-policies", Integer.toString(settings.managedPolicies()));
        settings.deployment().ifPresent(own -> values.put(DEPLOYMENT, own));
        settings.permissionsBoundary().ifPresent(arn -> values.put(BOUNDARY, arn));
        if (!settings.leaveAlone().isEmpty()) {
            values.put(
                    LEAVE_ALONE,
                    settings.leaveAlone().policies().stream().map(Glob::text).collect(Collectors.joining(", ")));
        }
        accounts.forEach((account, role) -> values.put(ACCOUNT + account + ".role", role));
        values.put(PRINCIPAL, catalog.principal());
        values.put(BASE, resources(catalog.base()));
        statements(values, catalog.base());
        catalog.features().forEach((name, feature) -> {
            List<StatementTemplate> all = Stream.concat(
                            feature.withoutResource().stream(),
                            feature.kinds().stream().map(ResourceKind::statements))
                    .flatMap(Collection::stream)
                    .toList();
            values.put(FEATURE + name, resources(all));
            statements(values, all);
        });
        return new SettingsSnapshot(values);
    }

    /** Returns the parts of the catalog, by their names. */
    public SortedMap<String, String> catalog() {
        SortedMap<String, String> parts = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(CATALOG)) {
                parts.put(name, value);
            }
        });
        return parts;
    }

    public Optional<String> principal() {
        return Optional.ofNullable(values.get(PRINCIPAL));
    }

    public Optional<String> permissionsBoundary() {
        return Optional.ofNullable(values.get(BOUNDARY));
    }

    /** Returns the patterns of policies of others that stay on roles. */
    public List<String> leaveAlone() {
        return Optional.ofNullable(values.get(LEAVE_ALONE))
                .map(patterns -> List.of(patterns.split(", ")))
                .orElse(List.of());
    }

    private static String resources(List<StatementTemplate> statements) {
        return statements.stream()
                .flatMap(statement ->
                        statement.resources().stream().map(resource -> statement.sid() + " on " + resource.text()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void statements(SortedMap<String, String> values, List<StatementTemplate> statements) {
        statements.forEach(statement -> values.put(
                STATEMENT + statement.sid(),
                Stream.concat(
                                statement.actions().stream()
                                        .map(action -> statement.effect().value() + " " + action),
                                statement.conditions().isEmpty()
                                        ? Stream.empty()
                                        : Stream.of("only if " + statement.conditions()))
                        .collect(Collectors.joining(", "))));
    }
}
