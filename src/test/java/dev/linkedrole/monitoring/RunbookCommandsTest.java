package dev.linkedrole.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands of the runbook, run against the service and the local AWS. */
@QuarkusTest
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class RunbookCommandsTest {

    private static final Path PAGE = Path.of("docs", "runbook.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```bash title=\"[^\"]+\"\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TestHTTPResource("/")
    @Nullable
    URI api;

    @TestHTTPResource(value = "/", management = true)
    @Nullable
    URI management;

    @Inject
    Producer producer;

    @Inject
    ControllerConfig config;

    @Test
    void each_command_of_the_page_succeeds() throws IOException {
        // Given a role
        Instance instance = Instance.random();
        producer.sendAndAwait(instance.created(0));
        String blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());

        // When
        Path script = Files.createTempFile("runbook", ".sh");
        try {
            Files.writeString(script, "set -euxo pipefail\nexport PATH=$PWD/localstack:$PATH AWS_PAGER=''\n" + blocks);
            String said = Commands.run(
                    List.of("bash", script.toString()),
                    Map.of(
                            "API", base(api),
                            "MANAGEMENT", base(management),
                            "INSTANCE", instance.id().value(),
                            "TABLE", config.table(),
                            "QUEUE", config.queues().instanceCreated(),
                            "LINKED_ROLE_API_PASSWORD", Operator.PASSWORD));

            // Then
            assertThat(said)
                    .contains(
                            "\"status\": \"UP\"",
                            instance.roleName().value(),
                            "RolesQuota",
                            "TableStatus",
                            "RedrivePolicy");
        } finally {
            Files.delete(script);
        }
    }

    private static String base(@Nullable URI address) {
        return Objects.requireNonNull(address).resolve("/").toString().replaceFirst("/$", "");
    }
}
