package dev.linkedrole.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.OutcomeListener.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * All that the packaged service reflects on, on the JVM and through its whole life, against what the build registers for a native
 * executable ({@code target/native-sources}). {@code make native-test} runs it. What is found here would be missing in the executable:
 * register it, or add it to {@code nativeimage/harmless.txt} with the reason why the executable does without.
 */
@Tag("aws")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReflectionIT {

    private static final Path HARMLESS = Path.of("src/test/resources/nativeimage/harmless.txt");

    private final Path target = LocalAws.projectDirectory().resolve("target");
    private final ClassPath service = new ClassPath(target.resolve("quarkus-app"));
    private final NativeSources sources = new NativeSources(target.resolve("native-sources"));
    private final HarmlessUses harmless = new HarmlessUses(HARMLESS);
    private final List<ReflectiveUse> recorded = new ArrayList<>();

    @BeforeAll
    void live() {
        AgentJar agent = new AgentJar();
        Map<String, String> accounts = Map.of(
                "LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE",
                "arn:{partition}:iam::{account}:role/linked-role-controller",
                "LINKED_ROLE_ACCOUNTS_DEFAULT_EXTERNAL_ID",
                "acme");
        Map<String, String> serviceLinked = Map.of("LINKED_ROLE_MODE", "service-linked");
        Map<String, String> traced =
                Map.of("QUARKUS_OTEL_SDK_DISABLED", "false", "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        // One after the other: each takes a processor to itself.
        record(new RecordedService("everything", agent, Way.TOPIC, accounts), everything -> {
            everything.reject();
            everything.liveInAnotherAccount();
            everything.askForEverythingElse();
        });
        record(
                new RecordedService("service-linked", agent, Way.BUS, serviceLinked),
                RecordedService::liveServiceLinked);
        record(new RecordedService("traced", agent, Way.FIFO_QUEUE, traced), RecordedService::liveByTheApi);
    }

    private void record(RecordedService opened, Consumer<RecordedService> life) {
        try (opened) {
            opened.awaitReady();
            life.accept(opened);
            recorded.addAll(opened.stop());
        }
    }

    @AfterAll
    void close() throws IOException {
        service.close();
        sources.close();
    }

    @Test
    void all_that_the_service_reflects_on_is_registered_or_harmless() {
        // When
        RegistrationCheck check = new RegistrationCheck(service, sources);
        List<ReflectiveUse> missing = recorded.stream()
                .filter(check::isFinding)
                .filter(use -> !harmless.has(use))
                .toList();

        // Then
        assertThat(missing).as("what a native executable lacks").isEmpty();
        assertThat(harmless.unused())
                .as("entries of " + HARMLESS + " that no call needs")
                .isEmpty();
    }

    @Test
    void what_once_broke_the_executable_is_seen() {
        assertThat(recorded.stream().map(use -> use.kind() + " " + use.subject() + " " + use.detail()))
                .contains(
                        "findClass com.github.benmanes.caffeine.cache.NodeFactory"
                                + " com.github.benmanes.caffeine.cache.PSAMS",
                        "getDeclaredMethods dev.linkedrole.api.Problem ")
                .anyMatch(use -> use.startsWith("resource catalogs/amazon-connect.yaml"))
                .anyMatch(use -> use.startsWith("services "));
    }

    @Test
    void what_is_not_registered_is_found() {
        // Given
        RegistrationCheck check = new RegistrationCheck(service, sources);
        String anywhere = "dev.linkedrole.Main#main([Ljava/lang/String;)V\t\tdev.linkedrole.Main.main";

        // Then
        assertThat(Stream.of(
                                "class\tdev.linkedrole.role.model.LinkedRole\t",
                                "getDeclaredMethods\tdev.linkedrole.role.model.LinkedRole\t",
                                "invoke\tdev.linkedrole.role.model.LinkedRole\tapply()",
                                "resource\tdev/linkedrole/Main.class\t",
                                "services\tjava.lang.System$LoggerFinder\t",
                                "proxy\tjava.lang.Runnable\t",
                                "bundle\torg.example.Messages\t",
                                "define\tdev.linkedrole.Main\t")
                        .map(use -> ReflectiveUse.parse(use + "\t" + anywhere)))
                .allMatch(check::isFinding);
        assertThat(Stream.of(
                                "class\tdev.linkedrole.api.Problem\t",
                                "class\torg.example.Absent\t",
                                "getDeclaredMethods\tdev.linkedrole.api.Problem\t",
                                "resource\tcatalogs/amazon-connect.yaml\t")
                        .map(use -> ReflectiveUse.parse(use + "\t" + anywhere)))
                .noneMatch(check::isFinding);
    }
}
