package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the contract's table is in IAM once the feature is enabled, and nothing wider. */
@QuarkusTest
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class CatalogRowsTest {

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    static Stream<GrantTable.Row> rows() {
        return ContractTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_feature_grants_its_row_and_the_base_and_no_more(GrantTable.Row row) {
        // When
        producer.sendAndAwait(
                instance.created(0),
                instance.enabled(1, row.feature(), row.resources().toArray(String[]::new)));

        // Then
        assertThat(iam.get(instance.roleName()).permissions())
                .containsExactlyInAnyOrderElementsOf(together(Stream.of(ContractTable.BASE, row.grants())));
    }

    @Test
    void all_features_together_grant_all_rows_and_no_more() {
        // When
        producer.send(instance.created(0));
        rows().forEach(row ->
                producer.send(instance.enabled(1, row.feature(), row.resources().toArray(String[]::new))));
        producer.awaitQuiet();

        // Then
        assertThat(iam.get(instance.roleName()).permissions())
                .containsExactlyInAnyOrderElementsOf(
                        together(Stream.concat(Stream.of(ContractTable.BASE), rows().map(GrantTable.Row::grants))));
    }

    private static Set<Permission> together(Stream<? extends Set<Permission>> permissions) {
        return permissions.flatMap(Set::stream).collect(Collectors.toSet());
    }
}
