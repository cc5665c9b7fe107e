package dev.linkedrole.testing.iam;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RoleEvent;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Oracle for the permissions by the {@link ContractTable contract's table} on any resource: its row, with that resource
 * instead of the example. It parses ARNs independently and does not use the catalog.
 */
public final class ContractOracle {

    private static final int PARTS = 6;

    private ContractOracle() {}

    /** Permissions of a live role with this feature alone. */
    public static SortedSet<Permission> after(RoleEvent.FeatureEnabled event) {
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        if (event.resources().isEmpty()) {
            permissions.addAll(filled(row(event.feature(), Optional.empty()), "", event.instance()));
        }
        event.resources()
                .forEach(resource -> permissions.addAll(
                        filled(row(event.feature(), Optional.of(resource)), resource, event.instance())));
        return permissions;
    }

    /** True if an ARN names a single resource in the instance's account and region. */
    public static boolean isSingleAndAtSlot(String resource, InstanceArn instance) {
        String[] parts = split(resource);
        return Stream.of("*", "?", "${").noneMatch(resource::contains)
                && resource.chars().allMatch(c -> c >= ' ' && c <= '~')
                && parts[0].equals("arn")
                && parts[1].equals(instance.partition())
                && (isBucket(parts)
                        ? parts[3].isEmpty() && parts[4].isEmpty()
                        : parts[3].equals(instance.region()) && parts[4].equals(instance.account()));
    }

    private static GrantTable.Row row(String feature, Optional<String> resource) {
        List<GrantTable.Row> rows = ContractTable.rows()
                .filter(row -> row.feature().equals(feature))
                .filter(row -> row.resources().stream()
                        .map(ContractOracle::shape)
                        .toList()
                        .equals(resource.map(ContractOracle::shape).stream().toList()))
                .toList();
        if (rows.size() != 1) {
            throw new AssertionError("the contract has " + rows.size() + " lines for " + feature + " with " + resource);
        }
        return rows.getFirst();
    }

    private static SortedSet<Permission> filled(GrantTable.Row row, String resource, InstanceArn instance) {
        return row.grants().stream()
                .map(grant -> new Permission(
                        grant.action(),
                        filled(grant.resource(), row.resources(), resource, instance),
                        grant.condition()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String filled(String granted, List<String> examples, String resource, InstanceArn instance) {
        if (!examples.isEmpty() && granted.startsWith(examples.getFirst())) {
            return resource + granted.substring(examples.getFirst().length());
        }
        if (!examples.isEmpty() && isBucket(split(resource))) {
            return resource.substring(0, resource.indexOf('/'));
        }
        return granted.replace("arn:aws:", "arn:" + instance.partition() + ":")
                .replace(":us-west-2:111122223333:", ":" + instance.region() + ":" + instance.account() + ":");
    }

    /** Service and resource type of an ARN. */
    private static String shape(String arn) {
        String[] parts = split(arn);
        String thing = parts[5];
        return parts[2] + " "
                + switch (parts[2]) {
                    case "s3" -> thing.contains("/") ? "prefix" : "bucket";
                    case "lex" -> "bot of " + thing.split(":", -1).length;
                    default -> thing.split("[:/]", 2)[0];
                };
    }

    private static boolean isBucket(String[] parts) {
        return parts[2].equals("s3");
    }

    private static String[] split(String arn) {
        String[] parts = arn.split(":", PARTS);
        if (parts.length < PARTS) {
            throw new AssertionError("no ARN: " + arn);
        }
        return parts;
    }
}
