package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading of built-in catalogs and of catalog files. */
class CatalogFileTest {

    @Test
    void the_built_in_catalog_has_the_features_of_amazon_connect() {
        // When
        FeatureCatalog catalog = CatalogFile.load("amazon-connect");

        // Then
        assertThat(catalog.name()).isEqualTo("amazon-connect");
        assertThat(catalog.service()).isEqualTo("connect");
        assertThat(catalog.principal()).isEqualTo("connect.amazonaws.com");
        assertThat(catalog.description()).isNotBlank();
        assertThat(catalog.features())
                .containsOnlyKeys(
                        "agent-events",
                        "call-recordings",
                        "contact-flow-logs",
                        "contact-records",
                        "customer-profiles",
                        "exported-reports",
                        "lex-bots",
                        "outbound-campaigns",
                        "voice-id");
        assertThat(catalog.feature("telepathy")).isEmpty();
    }

    @Test
    void only_outbound_campaigns_can_do_without_a_resource() {
        assertThat(CatalogFile.load("amazon-connect").features().values())
                .filteredOn(feature -> feature.withoutResource().isPresent())
                .extracting("name")
                .containsExactly("outbound-campaigns");
    }

    @Test
    void the_catalog_of_2026_takes_the_same_events() {
        // Given
        FeatureCatalog catalog = CatalogFile.load("amazon-connect");
        FeatureCatalog of2026 = CatalogFile.load("amazon-connect-2026");

        // Then it is of the same instances, whose features have the same names and take the same resources
        assertThat(of2026.name()).isEqualTo("amazon-connect-2026");
        assertThat(of2026.service()).isEqualTo(catalog.service());
        assertThat(of2026.principal()).isEqualTo(catalog.principal());
        assertThat(of2026.namePrefix()).isEqualTo(catalog.namePrefix());
        assertThat(taken(of2026)).isEqualTo(taken(catalog));
    }

    private static Map<String, String> taken(FeatureCatalog catalog) {
        return catalog.features().values().stream()
                .collect(Collectors.toMap(
                        Feature::name,
                        feature -> feature.takes() + feature.withoutResource().isPresent()));
    }

    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, false",
        "aws-us-gov, us-gov-west-1, true",
        "aws-cn, cn-north-1, true",
    })
    void what_aws_offers_in_one_partition_only_is_rejected_in_the_others(
            String partition, String region, boolean rejected) {
        // Given
        InstanceArn instance = InstanceArn.parse("arn:" + partition + ":connect:" + region
                + ":111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");

        // When
        FeatureCatalog catalog = CatalogFile.load("amazon-connect-2026");

        // Then
        catalog.features()
                .forEach((name, feature) -> assertThat(
                                feature.objection(instance).map(Rejection::reason))
                        .as(name)
                        .isEqualTo(
                                rejected
                                                && Set.of("customer-profiles", "voice-id", "outbound-campaigns")
                                                        .contains(name)
                                        ? Optional.of(Rejection.Reason.NOT_OFFERED)
                                        : Optional.empty()));
    }

    @Test
    void any_other_catalog_is_read_from_its_path(@TempDir Path directory) throws IOException {
        // Given a catalog of another service
        Path file = directory.resolve("lighthouse.yaml");
        Files.writeString(file, CatalogText.LIGHTHOUSE);

        // When
        FeatureCatalog catalog = CatalogFile.load(file.toString());

        // Then
        assertThat(catalog.name()).isEqualTo("lighthouse");
        assertThat(catalog.features()).containsOnlyKeys("beacon", "fog-horn");
        assertThat(catalog.feature("beacon").orElseThrow().takes())
                .isEqualTo("lamp (arn:{partition}:lamps:{region}:{account}:lamp/{lamp})");
    }

    @Test
    void a_name_that_is_neither_built_in_nor_a_file_is_an_invalid_value(@TempDir Path directory) {
        assertUnknown("amazon-disconnect");
        assertUnknown("");
        assertUnknown(directory.toString());
        assertUnknown(directory.resolve("missing.yaml").toString());
    }

    private static void assertUnknown(String nameOrPath) {
        assertThatThrownBy(() -> CatalogFile.load(nameOrPath))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("there is no catalog built in as '" + nameOrPath
                        + "', and no file of that path: linked-role.catalog must name one or the other");
    }
}
