package dev.linkedrole.testing.iam;

import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Expected permissions by a catalog, written down by hand and not read from the catalog, for an instance of the account
 * {@value Instance#ACCOUNT}.
 *
 * @param catalog the built-in catalog
 * @param partition partition of the instance
 * @param region region of the instance
 * @param base permissions of every live role
 * @param denied permissions that no role may have, whatever else it is granted
 * @param rows one for each feature and kind of resource
 */
public record GrantTable(
        String catalog,
        String partition,
        String region,
        SortedSet<Permission> base,
        SortedSet<Permission> denied,
        List<Row> rows) {

    /** Creates a table for an instance in {@value Instance#REGION}. */
    static GrantTable of(String catalog, SortedSet<Permission> base, SortedSet<Permission> denied, List<Row> rows) {
        return new GrantTable(catalog, "aws", Instance.REGION, base, denied, rows);
    }

    /** Tables of all built-in catalogs. */
    public static List<GrantTable> all() {
        return List.of(ContractTable.table(), Connect2026Table.table());
    }

    /** Tables for instances in China and in GovCloud. */
    public Stream<GrantTable> inOtherPartitions() {
        return Stream.of(in("aws-cn", "cn-north-1"), in("aws-us-gov", "us-gov-west-1"));
    }

    private GrantTable in(String otherPartition, String otherRegion) {
        Move move = new Move("arn:" + partition + ":", "arn:" + otherPartition + ":", region, otherRegion);
        return new GrantTable(
                catalog,
                otherPartition,
                otherRegion,
                move.all(base),
                move.all(denied),
                rows.stream().map(move::row).toList());
    }

    @Override
    public String toString() {
        return catalog + " in " + region;
    }

    /**
     * A row of the table, for one kind of resource.
     *
     * @param resources resources that the feature is enabled for; none for a feature that needs none
     * @param grants permissions that this grants beside the base
     */
    public record Row(String feature, List<String> resources, SortedSet<Permission> grants) {
        @Override
        public String toString() {
            return feature + " " + String.join(" ", resources);
        }
    }

    private record Move(String fromPartition, String toPartition, String fromRegion, String toRegion) {

        Row row(Row row) {
            return new Row(
                    row.feature(), row.resources().stream().map(this::arn).toList(), all(row.grants()));
        }

        SortedSet<Permission> all(SortedSet<Permission> permissions) {
            return permissions.stream()
                    .map(permission ->
                            new Permission(permission.action(), arn(permission.resource()), permission.condition()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private String arn(String arn) {
            return arn.replace(fromPartition, toPartition).replace(fromRegion, toRegion);
        }
    }
}
