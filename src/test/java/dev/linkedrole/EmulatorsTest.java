package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.LocalStackInDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documentation lists the versions of the installed emulators. */
class EmulatorsTest {

    private static final Pattern VERSION = Pattern.compile("(?m)^([a-z]+)_version=([0-9.]+)");

    @ParameterizedTest
    @CsvSource({"moto,moto", "ministack,MiniStack", "localstack,LocalStack", "elasticmq,ElasticMQ"})
    void each_has_a_row_in_the_table_of_those_tried(String variable, String name) throws IOException {
        String version = versions().get(variable);

        assertThat(text("localstack/README.md").lines())
                .anyMatch(line -> line.startsWith("| %s %s ".formatted(name, version)));
    }

    @ParameterizedTest
    @CsvSource({"moto,moto", "ministack,ministack", "localstack,localstack-core"})
    void each_from_pypi_has_its_versions_pinned(String variable, String requirement) throws IOException {
        String version = versions().get(variable);

        assertThat(text("localstack/constraints/%s-%s.txt".formatted(variable, version)))
                .contains("\n%s==%s\n".formatted(requirement, version));
    }

    @Test
    void what_drops_the_time_of_an_entry_is_named_with_its_version() throws IOException {
        assertThat(text("docs/producers.md"))
                .contains("MiniStack (seen with %s)".formatted(versions().get("ministack")));
    }

    @Test
    void the_elasticmq_that_is_fetched_is_the_one_that_is_named() throws IOException {
        assertThat(text("localstack/elasticmq-server/pom.xml"))
                .contains("<version>%s</version>".formatted(versions().get("elasticmq")));
    }

    @Test
    void tests_start_the_image_that_the_commands_name() throws IOException {
        assertThat(LocalStackInDocker.IMAGE)
                .isEqualTo("localstack/localstack:" + versions().get("localstack"));
    }

    private static Map<String, String> versions() throws IOException {
        return VERSION.matcher(text("localstack/local-aws.sh"))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static String text(String path) throws IOException {
        return Files.readString(LocalAws.projectDirectory().resolve(Path.of(path)));
    }
}
