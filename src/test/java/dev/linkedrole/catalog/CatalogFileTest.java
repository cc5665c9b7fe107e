package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.FeatureCatalog;
import dev.linkedrole.role.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where catalogs come from. */
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
