package dev.linkedrole.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.config.ConfigurationPage.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the configuration lists the existing properties, with their defaults and bounds. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGIN =
            "<!-- Generated from ControllerConfig by `make configuration-page`; a test compares. -->\n\n";
    private static final String END = "\n<!-- End of what is generated. -->\n";

    /** A run with {@code -Dgolden.update=true} writes the tables again. */
    @Test
    void the_page_has_the_tables_that_the_source_gives() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);

        // When
        String tables = ConfigurationPage.read().tables();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + tables + page.substring(end));
            return;
        }

        // Then
        assertThat(page.substring(begin, end))
                .as("docs/configuration.md, which `make configuration-page` writes again")
                .isEqualTo(tables);
    }

    @Test
    void the_tables_have_every_property_once() throws IOException {
        List<String> names = ConfigurationPage.read().properties().stream()
                .map(property -> property.name().replace("ACCOUNT", "*"))
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(new UnknownSettings().properties());
    }

    @Test
    void every_property_says_what_it_means() throws IOException {
        assertThat(ConfigurationPage.read().properties())
                .noneMatch(property -> property.meaning().isEmpty());
    }

    @Test
    void every_variable_of_the_tables_is_one_that_has_an_effect() throws IOException {
        List<String> variables = ConfigurationPage.read().properties().stream()
                .map(Property::variable)
                .map(variable -> variable.replace("_ACCOUNT_", "_111122223333_"))
                .toList();
        assertThat(new UnknownSettings().unknown(variables, List.of())).isEmpty();
    }

    @Test
    void a_row_has_name_variable_default_bounds_and_meaning() throws IOException {
        assertThat(ConfigurationPage.read().tables())
                .containsPattern("\\| `linked-role.intake.long-poll` \\| `LINKED_ROLE_INTAKE_LONG_POLL` \\| `5s` "
                        + "\\| whole seconds, 0s to 20s \\| \\w.*\\. \\|\n")
                .containsPattern("\\| `linked-role.mode` \\| `LINKED_ROLE_MODE` \\| `customer-managed` "
                        + "\\| `customer-managed`, `service-linked` \\| \\w.*\\. \\|\n");
    }
}
