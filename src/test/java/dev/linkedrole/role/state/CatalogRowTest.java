package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.Permission;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled roles have exactly the permissions of tables that were written by hand. */
class CatalogRowTest {

    static Stream<GrantTable> tables() {
        return GrantTable.all().stream();
    }

    static Stream<Line> lines() {
        return tables().flatMap(table -> table.rows().stream().map(row -> new Line(table, row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void a_role_without_features_may_do_what_every_role_may(GrantTable table) {
        String policy = policyWith(table, LinkedRole.unknown(Events.INSTANCE));

        assertThat(Permission.allowedUnlessDenied(policy)).isEqualTo(table.base());
        assertThat(Permission.deniedBy(policy)).isEqualTo(table.denied());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void a_feature_adds_exactly_what_its_row_says(Line line) {
        // Given a role with this one grant
        RoleEvent enabled =
                Events.enabled(1, line.row().feature(), Set.copyOf(line.row().resources()));

        // When it is compiled
        String policy = policyWith(line.table(), LinkedRole.of(enabled));

        // Then the role may do what every role may, and what the row says
        SortedSet<Permission> expected = new TreeSet<>(line.table().base());
        expected.addAll(line.row().grants());
        assertThat(Permission.allowedUnlessDenied(policy)).isEqualTo(expected);
        assertThat(Permission.deniedBy(policy)).isEqualTo(line.table().denied());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void every_feature_and_each_kind_of_resource_has_a_row(GrantTable table) {
        // Given the kinds that the catalog has, with and without a resource
        FeatureCatalog catalog = CatalogFile.load(table.catalog());
        Set<String> known = catalog.features().values().stream()
                .flatMap(feature -> Stream.concat(
                        feature.withoutResource().stream().map(none -> feature.name()),
                        feature.kinds().stream().map(kind -> feature.name() + " " + kind.name())))
                .collect(Collectors.toSet());

        // Then the rows are of just these
        assertThat(table.rows().stream().map(row -> kindOf(catalog, row))).containsExactlyInAnyOrderElementsOf(known);
    }

    private static String kindOf(FeatureCatalog catalog, GrantTable.Row row) {
        Feature feature = catalog.feature(row.feature()).orElseThrow();
        return row.resources().stream()
                .map(resource -> row.feature() + " "
                        + feature.match(resource).orElseThrow().kind().name())
                .findFirst()
                .orElse(row.feature());
    }

    private static String policyWith(GrantTable table, LinkedRole role) {
        DesiredRole.Present desired = BuiltIn.compiler(table.catalog()).compileAnnounced(role);
        assertThat(desired.notInCatalog()).isEmpty();
        return BuiltIn.permissions(desired);
    }

    /** A row and the table it is in. */
    record Line(GrantTable table, GrantTable.Row row) {
        @Override
        public String toString() {
            return table + ", " + row;
        }
    }
}
