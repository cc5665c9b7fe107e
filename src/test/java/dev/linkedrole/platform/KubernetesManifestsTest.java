package dev.linkedrole.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.container.DocumentedMemory;
import dev.linkedrole.testing.EnvironmentNames;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests for Kubernetes are what their schemas allow, and fit the service. */
class KubernetesManifestsTest {

    /** Longest time to stop that the service promises, in seconds. */
    private static final int MAX_STOP = 30;

    /** Seconds between the longest stop and SIGKILL. */
    private static final int MARGIN = 5;

    private static final Pattern CPU_OF_START =
            Pattern.compile("^\\| fast-jar \\|[^|]*\\| [\\d.]+ \\([\\d.]+ - (?<most>[\\d.]+)\\)", Pattern.MULTILINE);

    @BeforeAll
    static void render() {
        Manifests.render();
    }

    static List<Manifests> overlays() {
        return Manifests.all();
    }

    @Test
    void every_component_is_in_an_overlay() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String overlay : Manifests.directories("overlays")) {
            Path file = LocalAws.projectDirectory()
                    .resolve("deploy/kubernetes/overlays/" + overlay + "/kustomization.yaml");
            Manifests.objects(file)
                    .getFirst()
                    .path("components")
                    .forEach(component -> used.add(component.asText().replace("../../components/", "")));
        }
        assertThat(used).isEqualTo(Manifests.directories("components"));
    }

    @Test
    void the_check_finds_fields_and_parameters_that_do_not_exist(@TempDir Path directory) throws IOException {
        // Given
        Map<String, String> planted = Map.of(
                "readOnlyRootFilesystem", "readOnlyRootFileSystem",
                "queueLength", "queueLenght",
                "minReplicaCount", "minReplicas",
                "scrapeTimeout", "scrapeTimeOut",
                "maxUnavailable: 1", "maxUnavailable: none of them");
        Path rendered = LocalAws.projectDirectory().resolve("target/kubernetes/autoscaled.yaml");
        String text = Files.readString(rendered);
        for (Map.Entry<String, String> fault : planted.entrySet()) {
            assertThat(text).contains(fault.getKey());
            text = text.replace(fault.getKey(), fault.getValue());
        }
        Path wrong = directory.resolve("wrong.yaml");
        Files.writeString(wrong, text);

        // When, then
        assertThatThrownBy(() -> Commands.run(List.of("src/test/kubernetes/check", wrong.toString()), Map.of()))
                .hasMessageContaining("Kubernetes 1.34.0: spec.template.spec.containers.0.securityContext")
                .hasMessageContaining("Kubernetes 1.37.0: spec.template.spec.containers.0.securityContext")
                .hasMessageContaining("'readOnlyRootFileSystem' was unexpected")
                .hasMessageContaining("KEDA's aws-sqs-queue has no parameter queueLenght")
                .hasMessageContaining("'minReplicas' was unexpected")
                .hasMessageContaining("'scrapeTimeOut' was unexpected");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_environment_variable_is_read_by_somebody(Manifests manifests) {
        assertThat(EnvironmentNames.unknown(manifests.variables())).isEmpty();
        // Else variables of services are taken for settings
        assertThat(manifests.pod().path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @Test
    void a_variable_that_nobody_reads_is_found() {
        assertThat(EnvironmentNames.unknown(Set.of("LINKED_ROLE_TABEL", "LINKED_ROLE_TABLE", "QUARKUS_VERTX_CACHE")))
                .containsExactly("LINKED_ROLE_TABEL", "QUARKUS_VERTX_CACHE");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void the_grace_period_and_the_probes_fit_the_times_of_the_service(Manifests manifests) throws IOException {
        JsonNode container = manifests.container();
        assertThat(manifests.pod().path("terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(MAX_STOP + MARGIN);
        assertThat(window(container.path("startupProbe"))).isGreaterThan(2 * secondsToStart(container));
        assertThat(window(container.path("livenessProbe"))).isGreaterThanOrEqualTo(30);
        assertThat(window(container.path("startupProbe")))
                .isLessThan(manifests
                        .of("Deployment", "spec", "progressDeadlineSeconds")
                        .getFirst()
                        .asInt());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo("management");
        }
        assertThat(port(container, "api")).isEqualTo(8080);
        assertThat(port(container, "management")).isEqualTo(9000);
    }

    private static double window(JsonNode probe) {
        return (double) probe.path("periodSeconds").asInt()
                * probe.path("failureThreshold").asInt();
    }

    /** Seconds of a start with no more of a processor than requested, by the measured processor time of the fast-jar. */
    private static double secondsToStart(JsonNode container) throws IOException {
        Matcher measured = CPU_OF_START.matcher(
                Files.readString(LocalAws.projectDirectory().resolve("docs/performance/figures.md")));
        assertThat(measured.find()).isTrue();
        String cpu = container.at("/resources/requests/cpu").asText();
        return Double.parseDouble(measured.group("most")) * 1_000 / Integer.parseInt(cpu.replace("m", ""));
    }

    private static int port(JsonNode container, String name) {
        return StreamSupport.stream(container.path("ports").spliterator(), false)
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void memory_is_what_the_page_says(Manifests manifests) throws IOException {
        String memory = DocumentedMemory.of(manifests.overlay().equals("native")) + "Mi";
        JsonNode resources = manifests.container().path("resources");
        assertThat(resources.at("/limits/memory").asText()).isEqualTo(memory);
        assertThat(resources.at("/requests/memory").asText()).isEqualTo(memory);
    }

    /**
     * The Pod Security Standard {@code restricted}.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
     */
    @ParameterizedTest
    @MethodSource("overlays")
    void pods_are_restricted_and_their_file_system_is_read_only(Manifests manifests) {
        JsonNode pod = manifests.pod();
        JsonNode security = manifests.container().path("securityContext");
        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.has("initContainers")).isFalse();
        assertThat(List.of("hostNetwork", "hostPID", "hostIPC")).noneMatch(pod::has);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(security.path("capabilities").has("add")).isFalse();
        assertThat(pod.path("volumes")).allMatch(volume -> volume.has("emptyDir"));
        assertThat(manifests.of("Namespace", "metadata", "labels", "pod-security.kubernetes.io~1enforce"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("restricted");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_selector_selects_the_pods(Manifests manifests) {
        JsonNode labels = manifests
                .of("Deployment", "spec", "template", "metadata", "labels")
                .getFirst();
        List<JsonNode> selectors = new ArrayList<>();
        selectors.addAll(manifests.of("Deployment", "spec", "selector", "matchLabels"));
        selectors.addAll(manifests.of("Service", "spec", "selector"));
        selectors.addAll(manifests.of("PodDisruptionBudget", "spec", "selector", "matchLabels"));
        selectors.addAll(manifests.of("NetworkPolicy", "spec", "podSelector", "matchLabels"));
        selectors.addAll(manifests.of("PodMonitor", "spec", "selector", "matchLabels"));
        assertThat(selectors).hasSizeGreaterThanOrEqualTo(4).allMatch(labels::equals);
        assertThat(manifests.objects())
                .filteredOn(object -> !object.path("kind").asText().equals("Namespace"))
                .allMatch(object -> object.at("/metadata/namespace").asText().equals("linked-role"));
    }

    @Test
    void triggers_name_the_queues_and_the_region_of_the_settings() {
        // When
        Manifests manifests = Manifests.of("autoscaled");
        Map<String, Set<String>> named = new TreeMap<>();
        Set<String> regions = new TreeSet<>();
        manifests.of("ScaledObject", "spec", "triggers").getFirst().forEach(trigger -> {
            JsonNode metadata = trigger.path("metadata");
            String queue = metadata.has("queueURL")
                    ? metadata.path("queueURL").asText()
                    : metadata.path("dimensionValue").asText();
            named.computeIfAbsent(queue, each -> new TreeSet<>())
                    .add(trigger.path("type").asText());
            regions.add(metadata.path("awsRegion").asText());
        });

        // Then each queue is looked at for both depth and age
        Map<String, String> settings = manifests.settings();
        assertThat(regions).containsExactly(settings.get("AWS_REGION"));
        assertThat(named.keySet())
                .containsExactlyInAnyOrderElementsOf(settings.entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith("LINKED_ROLE_QUEUES_"))
                        .map(Map.Entry::getValue)
                        .toList());
        assertThat(named.values()).allMatch(Set.of("aws-sqs-queue", "aws-cloudwatch")::equals);
        // And the number of replicas is in one place
        assertThat(manifests.of("Deployment", "spec", "replicas").getFirst().isMissingNode())
                .isTrue();
    }
}
