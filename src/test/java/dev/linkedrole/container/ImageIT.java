package dev.linkedrole.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.iam.IamReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The container image, run as the documentation says: read-only, without privileges and within its memory, beside a local
 * AWS. {@code make image-test} runs it; it needs a Docker engine on this machine, and the image.
 */
@Tag("aws")
class ImageIT {

    private static final int INSTANCES = Integer.getInteger("image.instances", 60);
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/records";
    private static final double MEGABYTE = 1024 * 1024;

    /** Share of its limit that its anonymous memory may take: the rest is for the page cache, and for what a peak between two samples has more. */
    private static final double ANONYMOUS_SHARE = 0.85;

    /** Modules that jdeps finds, and what lacks them without harm. */
    private static final Map<String, String> DISPENSABLE = Map.of(
            "java.desktop", "bean properties in YAML and in EL; neither is used",
            "java.rmi", "remote transactions",
            "java.scripting", "constraints that are scripts",
            "java.compiler", "live reload, and code generators of Vert.x",
            "jdk.compiler", "live reload, and code generators of Vert.x");

    private static final Pattern MODULE = Pattern.compile("-> ((?:java|jdk)\\.[a-z.]+)");

    private final ServiceImage image = ServiceImage.underTest();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);

    @Test
    void a_role_lives_its_whole_life_and_a_load_fits_into_the_memory(TestReporter reporter) {
        Deployment deployment = Deployment.provision();
        try (ServiceContainer service = ServiceContainer.start(image, deployment, Map.of());
                Fleet fleet = new Fleet(deployment, INSTANCES, new Random(14))) {
            // When
            Duration ready = service.awaitReady();
            double cpu = service.cpuSeconds();
            try (ControlGroup memory = service.memory()) {
                long atRest = memory.anonymous();
                liveWholeLife(fleet.producer());
                long begun = System.nanoTime();
                fleet.sendEverything();
                fleet.producer().awaitQuiet();
                double seconds = (System.nanoTime() - begun) / 1e9;

                // Then
                fleet.assertEveryRoleIsAsItsEventsSay();
                say(
                        reporter,
                        ("%s: ready after %.2f s and %.2f s of processor time; anonymous memory at rest %.0f MB, at"
                                        + " most %.0f MB under %d events in %.0f s; with the page cache at most %.0f MB of %d")
                                .formatted(
                                        image.name(),
                                        ready.toMillis() / 1e3,
                                        cpu,
                                        atRest / MEGABYTE,
                                        memory.anonymousPeak() / MEGABYTE,
                                        fleet.events().size(),
                                        seconds,
                                        memory.peak() / MEGABYTE,
                                        image.memoryMegabytes()));
                assertThat(memory.anonymousPeak() / MEGABYTE).isLessThan(ANONYMOUS_SHARE * image.memoryMegabytes());
            }
            assertThat(service.stop()).as(service::log).isZero();
            assertThat(service.inspect("{{.State.OOMKilled}}")).isEqualTo("false");
            assertThat(service.log()).doesNotContain(" ERROR ", "NoClassDefFoundError", "OutOfMemoryError");
        }
    }

    /** Creates, grows, shrinks and deletes one role, and looks into IAM each time. */
    private void liveWholeLife(Producer producer) {
        Instance instance = Instance.random();
        RoleEvent enabled = instance.enabled(1, "contact-records", STREAM);
        producer.sendAndAwait(instance.created(0));
        assertThat(iam.exists(instance.roleName())).isTrue();
        int bare = iam.permissions(instance.roleName()).size();
        producer.sendAndAwait(enabled);
        assertThat(iam.permissions(instance.roleName())).hasSizeGreaterThan(bare);
        producer.sendAndAwait(instance.disabled(2, "contact-records", STREAM));
        assertThat(iam.permissions(instance.roleName())).hasSize(bare);
        producer.sendAndAwait(instance.deleted(3));
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void a_sigterm_drains_it_and_the_next_one_does_the_rest(TestReporter reporter) {
        // Given messages that stay hidden for longer than this takes, should anybody forget them
        Deployment deployment = Deployment.provision("VisibilityTimeout=600");
        try (Fleet fleet = new Fleet(deployment, 12, new Random(9))) {
            Producer producer = fleet.producer();
            try (ServiceContainer service = ServiceContainer.start(image, deployment, Map.of())) {
                service.awaitReady();

                // When it is stopped in the middle of them
                fleet.sendEverything();
                fleet.awaitRoles(2);
                long begun = System.nanoTime();
                assertThat(service.stop()).as(service::log).isZero();
                say(reporter, "stopped within %.1f s".formatted((System.nanoTime() - begun) / 1e9));
            }

            // Then they are there for another one
            assertThat(producer.queue(Inbox.FEATURE_ENABLED).hidden()).isZero();
            // And that one would not start without its AOT cache
            Map<String, String> strict = image.isNative() ? Map.of() : Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
            try (ServiceContainer next = ServiceContainer.start(image, deployment, strict)) {
                next.awaitReady();
                producer.awaitQuiet();
                fleet.assertEveryRoleIsAsItsEventsSay();
            }
        }
    }

    @Test
    void without_settings_it_listens_and_its_health_check_passes(TestReporter reporter) {
        try (ServiceContainer service = ServiceContainer.startAlone(image)) {
            await("life").atMost(Duration.ofMinutes(1)).until(() -> service.management("/q/health/live") == 200);

            // The AWS that it is told of is not there
            assertThat(service.management("/q/health/ready")).isEqualTo(503);
            assertThat(service.api("/api/roles")).isEqualTo(401);

            // When
            long begun = System.nanoTime();
            boolean healthy = service.succeeds(image.healthProbe());
            say(reporter, "one health check takes %.2f s".formatted((System.nanoTime() - begun) / 1e9));

            // Then
            assertThat(healthy).isTrue();
            assertThat(service.succeeds(Stream.concat(image.healthProbe().stream(), Stream.of("/q/health/ready"))
                            .toList()))
                    .isFalse();
            assertThat(Arrays.asList(service.inspect("{{json .Config.Healthcheck.Test}}")
                            .replaceAll("[\\[\\]\"]", "")
                            .split(",", -1)))
                    .isEqualTo(Stream.concat(Stream.of("CMD"), image.healthProbe().stream())
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS_REGION               | ''   | AWS_REGION is set but empty
            LINKED_ROLE_RESYNC_EVERY | 0s   | linked-role.resync.every must be from 1s to 24h, not 0s
            """)
    void what_is_configured_wrongly_ends_it_with_a_word_on_what(String variable, String value, String named) {
        try (ServiceContainer service = ServiceContainer.start(image, Deployment.nowhere(), Map.of(variable, value))) {
            assertThat(service.awaitEnd()).isNotZero();
            assertThat(service.log()).contains(named).doesNotContain("\tat ");
        }
    }

    @Test
    void it_has_a_user_by_number_labels_a_licence_and_no_shell(TestReporter reporter) throws IOException {
        long bytes = Long.parseLong(image.inspect("{{.Size}}"));
        say(reporter, "size %.0f MB".formatted(bytes / 1e6));
        assertThat(bytes / 1e6).isLessThan(image.sizeMegabytes());
        assertThat(image.inspect("{{.Config.User}}")).isEqualTo("65532:65532");
        assertThat(image.inspect("{{json .Config.ExposedPorts}}")).contains("8080/tcp", "9000/tcp");
        assertThat(image.inspect("{{json .Config.Labels}}"))
                .contains(
                        "\"org.opencontainers.image.licenses\":\"Apache-2.0\"",
                        "\"org.opencontainers.image.title\":\"linked-role-controller\"")
                .containsPattern("\"org.opencontainers.image.revision\":\"[0-9a-f]{40}")
                .containsPattern("\"org.opencontainers.image.version\":\"[0-9]+\\.")
                .containsPattern("\"org.opencontainers.image.created\":\"20[0-9]{2}-");

        List<String> files = files();
        assertThat(files).anyMatch(file -> file.endsWith(" licenses/LICENSE"));
        // Mode, owner, size, date, time, name
        assertThat(files.stream()
                        .filter(file ->
                                file.startsWith("-") && file.substring(1, 10).matches(".*[sS].*")))
                .as("files that give others' rights")
                .isEmpty();
        assertThat(files.stream().filter(file -> file.matches(".* (usr/)?s?bin/(sh|bash|busybox|dash)( .*)?")))
                .as("shells")
                .isEmpty();
    }

    /** Everything in the image, as {@code tar} lists it. */
    private List<String> files() throws IOException {
        Path archive = Files.createTempFile("image", ".tar");
        String container = Docker.run("create", image.name());
        try {
            Docker.run("export", "--output", archive.toString(), container);
            return Commands.run(List.of("tar", "--list", "--verbose", "--file", archive.toString()), Map.of())
                    .lines()
                    .toList();
        } finally {
            Docker.run("rm", container);
            Files.delete(archive);
        }
    }

    @Test
    void the_runtime_has_every_module_that_the_service_may_need() throws IOException {
        Assumptions.assumeFalse(image.isNative(), "a native executable has no modules");
        Path service = LocalAws.projectDirectory().resolve("target/quarkus-aot");
        Set<String> needed = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(service)) {
            String all = tree.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
            String found = Commands.run(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "jdeps")
                                    .toString(),
                            "-J-XX:TieredStopAtLevel=1",
                            "--multi-release=25",
                            "--ignore-missing-deps",
                            "-summary",
                            "--recursive",
                            "--class-path=" + all,
                            service.resolve("quarkus/generated-bytecode.jar").toString()),
                    Map.of());
            MODULE.matcher(found).results().map(match -> match.group(1)).forEach(needed::add);
        }
        Set<String> there = Docker.run("run", "--rm", "--entrypoint=java", image.name(), "--list-modules")
                .lines()
                .map(line -> line.replaceFirst("@.*", ""))
                .collect(Collectors.toSet());
        needed.removeAll(DISPENSABLE.keySet());

        assertThat(there).containsAll(needed).doesNotContainAnyElementsOf(DISPENSABLE.keySet());
        assertThat(needed).contains("java.base", "java.naming");
    }

    private static void say(TestReporter reporter, String line) {
        reporter.publishEntry("image", line);
        System.out.println("image: " + line);
    }
}
