package dev.linkedrole.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.state.BoundaryPolicy;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of {@code docs/deploy.md}, in their order, on an AWS of their own: an empty account, which has the names that the page has. The
 * service runs with the environment and the kind of credentials that ECS and Kubernetes give it.
 */
@Tag("aws")
class DeployPageIT {

    private static final Pattern MANAGEMENT = Pattern.compile("Management interface listening on (http://[0-9.:]+)\\.");
    private static final String ACCOUNT = "123456789012";
    private static final String NAMES = "names";
    private static final String FIRST_ROLE = "first role";

    private static final String PORT = String.valueOf(LocalAws.freePort());
    private static final Map<String, String> AWS = Map.of(
            "AWS_ENDPOINT_URL", "http://127.0.0.1:" + PORT,
            "AWS_REGION", "us-east-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        // moto is the one local AWS that has ECS
        Commands.run(List.of("localstack/up", "--port", PORT), Map.of("LOCAL_AWS", "moto"));
    }

    @AfterAll
    static void stop() {
        Commands.run(List.of("localstack/down", "--port", PORT), Map.of());
    }

    @Test
    void the_page_leads_from_an_empty_account_to_a_role_and_back() throws Exception {
        // Given
        Path boundary = directory.resolve("boundary.json");
        Files.writeString(
                boundary,
                BoundaryPolicy.of(CatalogFile.load("amazon-connect"), "aws", ACCOUNT)
                        .json());
        Page page = Page.read("docs/deploy.md", AWS);
        assertThat(page.titles())
                .containsExactly(
                        NAMES,
                        "resources",
                        "permissions",
                        "repository",
                        "ecs",
                        "pod role",
                        "render",
                        FIRST_ROLE,
                        "delete the role",
                        "unprotect",
                        "stacks");
        page.replace("file://boundary.json", "file://" + boundary);

        // When all is made
        page.run(NAMES, "resources", "permissions");
        page.append(NAMES, "boundary=arn:aws:iam::" + ACCOUNT + ":policy/linked-role-boundary\n");
        page.run(NAMES, "repository", "ecs");
        page.run(NAMES, "pod role", "render");

        // Then the service runs as in a pod, is probed as there, and stops in time
        Manifests manifests = Manifests.of("irsa");
        Map<String, String> pod = new HashMap<>(manifests.environment());
        Path token = directory.resolve("token");
        Files.writeString(token, "a.token.of-the-cluster");
        pod.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        pod.put("AWS_ROLE_ARN", "arn:aws:iam::" + ACCOUNT + ":role/linked-role-controller-pod");
        try (ServiceProcess service = start(pod)) {
            service.awaitReady();
            String management = management(service);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                String path =
                        manifests.container().path(probe).at("/httpGet/path").asText();
                assertThat(status(management + path)).as(path).isEqualTo(200);
            }
            assertThat(status(management
                            + Manifests.of("autoscaled")
                                    .of("PodMonitor", "spec", "podMetricsEndpoints", "0", "path")
                                    .getFirst()
                                    .asText()))
                    .isEqualTo(200);
            long begun = System.nanoTime();
            assertThat(service.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(manifests
                            .pod()
                            .path("terminationGracePeriodSeconds")
                            .asLong()));
            assertThat(service.log()).doesNotContain(" ERROR ", "is no setting");
        }

        // And as a task, in which the first role grows and goes
        Map<String, String> task = taskEnvironment(page);
        HttpServer credentials = credentials();
        try {
            task.put(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    "http://127.0.0.1:" + credentials.getAddress().getPort() + "/v1/credentials");
            try (ServiceProcess service = start(task)) {
                service.awaitReady();
                page.run(NAMES, FIRST_ROLE, "delete the role");
                assertThat(service.log()).doesNotContain(" ERROR ", "is no setting");
            }
        } finally {
            credentials.stop(0);
        }
        page.run(NAMES, "unprotect", "stacks");

        // Then no stack and no queue is left
        assertThat(page.aws("cloudformation", "list-stacks", "--stack-status-filter", "CREATE_COMPLETE")
                        .path("StackSummaries"))
                .isEmpty();
        assertThat(page.aws("sqs", "list-queues").path("QueueUrls")).isEmpty();
    }

    /** Environment of the task definition that the stack has registered. */
    private static Map<String, String> taskEnvironment(Page page) throws IOException {
        Map<String, String> environment = new HashMap<>();
        page.aws("ecs", "describe-task-definition", "--task-definition", "linked-role-controller-service")
                .at("/taskDefinition/containerDefinitions/0/environment")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    /** Starts the service with no credentials but those that the environment leads to. */
    private static ServiceProcess start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_ENDPOINT_URL", Objects.requireNonNull(AWS.get("AWS_ENDPOINT_URL")));
        all.put("AWS_ACCESS_KEY_ID", "");
        all.put("AWS_SECRET_ACCESS_KEY", "");
        all.put("AWS_EC2_METADATA_DISABLED", "true");
        all.put("AWS_SHARED_CREDENTIALS_FILE", "/no-such-file");
        all.put("AWS_CONFIG_FILE", "/no-such-file");
        // Not of this test: it opens no port to others
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        return ServiceProcess.start(Deployment.nowhere(), all);
    }

    /** The endpoint that gives a container its credentials, as ECS and the agent of EKS Pod Identity do. */
    private static HttpServer credentials() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = """
            {"AccessKeyId": "test", "SecretAccessKey": "test", "Token": "test", "Expiration": "2100-01-01T00:00:00Z"}
            """.getBytes(StandardCharsets.UTF_8);
        server.createContext("/v1/credentials", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        return server;
    }

    /** Address of health and metrics, as the log says it. */
    private static String management(ServiceProcess service) {
        Matcher address = MANAGEMENT.matcher(service.log());
        assertThat(address.find()).isTrue();
        return Objects.requireNonNull(address.group(1));
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
