package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a catalog file without a service. */
class CheckCatalogTest {

    private static final Path BUILT_IN = Path.of("src", "main", "resources", "catalogs", "amazon-connect.yaml");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void an_equal_catalog_changes_nothing() {
        assertThat(check(BUILT_IN.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("is a valid catalog with ", "it grants what amazon-connect grants");
    }

    @Test
    void lost_and_gained_permissions_are_named_and_are_no_fault() throws IOException {
        // When
        int code = check(changed("lex:PostContent", "lex:PostText"));

        // Then
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("lost [Allow lex:PostContent]", "gained [Allow lex:PostText]", "it takes something");
    }

    @Test
    void a_fault_fails_and_names_its_line() throws IOException {
        // When
        int code = check(changed("[lex:PostContent]", "[lex PostContent]"));

        // Then
        assertThat(code).isOne();
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be used", "lex PostContent", "(line 122)");
    }

    private String changed(String from, String to) throws IOException {
        Path file = folder.resolve("catalog.yaml");
        String text = Files.readString(BUILT_IN);
        assertThat(text).contains(from);
        return Files.writeString(file, text.replace(from, to)).toString();
    }

    private int check(String file) {
        return CheckCatalogCommand.check(
                file,
                "amazon-connect",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
