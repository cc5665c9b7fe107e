package dev.linkedrole.connect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connectmodel.ConnectServer;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.time.ManualTime;
import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** Requests and answers over HTTP, with the connections of the service. */
class ConnectClientTest {

    private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();
    private static final String REGION = "us-west-2";
    private static final InstanceArn ARN =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");
    private static final AwsCredentials KEY =
            AwsBasicCredentials.create(ModelConnect.accessKey("111122223333"), "secret");
    private static final ConnectCall DESCRIBE = ConnectCall.describeInstance(ARN.id());

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void an_answer_is_read_over_http_page_by_page() {
        // Given a page whose marker has characters that a query has to encode
        ModelConnect connect = new ModelConnect(Clock.systemUTC());
        connect.answerInPagesOf(1);
        connect.add(new ModelInstance(ARN).withLexV2("arn:one").withLexV2("arn:two"));
        try (ConnectServer server = ConnectServer.start(connect::answer)) {
            ConnectClient client = client(server.uri(), Duration.ofSeconds(30));

            // When
            JsonNode first = bots(client, Optional.empty());
            JsonNode second = bots(client, ConnectJson.nextToken(first));

            // Then
            assertThat(ConnectJson.nextToken(first))
                    .hasValueSatisfying(token -> assertThat(token).containsPattern("[+/=]"));
            assertThat(second.at("/LexBots/0/LexV2Bot/AliasArn").asText()).isEqualTo("arn:two");
            assertThat(ConnectJson.nextToken(second)).isEmpty();
            assertThat(connect.misfits()).isEmpty();
        }
    }

    private static JsonNode bots(ConnectClient client, Optional<String> from) {
        return TestTimeout.await(client.call(ConnectCall.listBots(ARN.id(), LexVersion.V2, from), REGION, KEY));
    }

    @Test
    void a_request_is_signed_as_botocore_signs_it() {
        // Given
        List<ModelRequest> seen = new ArrayList<>();
        Function<ModelRequest, ModelAnswer> answers = request -> {
            seen.add(request);
            return new ModelAnswer(200, Map.of(), "{}");
        };
        URI endpoint = URI.create("http://127.0.0.1:4566");
        AwsCredentials session = AwsSessionCredentials.create("ASIAEXAMPLE", "a/secret+key", "the/session+token==");
        ConnectClient client = new ConnectClient(
                new InProcessConnect(answers),
                region -> endpoint,
                Duration.ofSeconds(5),
                InstantSource.fixed(Instant.parse("2026-11-30T08:00:00Z")),
                Retry.inRealTime());

        // When
        TestTimeout.await(client.call(ConnectCall.listInstances(Optional.of("a+b/c= d")), REGION, session));

        // Then
        Map<String, String> headers = seen.getFirst().headers();
        List<String> command = new ArrayList<>(List.of(
                "src/test/connect/sign",
                "http://127.0.0.1:4566/instance?maxResults=10&nextToken=a%2Bb%2Fc%3D%20d",
                REGION,
                "20261130T080000Z",
                "ASIAEXAMPLE",
                "a/secret+key",
                "the/session+token=="));
        for (String name : signedHeaders(headers.getOrDefault("authorization", ""))) {
            if (!name.equals("x-amz-date") && !name.equals("x-amz-security-token")) {
                command.add(name + "=" + headers.get(name));
            }
        }
        assertThat(Commands.run(command, Map.of())).contains("AUTHORIZATION " + headers.get("authorization"));
        assertThat(headers).containsEntry("x-amz-security-token", "the/session+token==");
    }

    private static List<String> signedHeaders(String authorization) {
        return List.of(
                authorization.replaceAll(".*SignedHeaders=([^,]+),.*", "$1").split(";", -1));
    }

    @Test
    void a_body_that_is_too_long_is_not_read_to_its_end() {
        String body = "{\"Attributes\":[" + "{},".repeat(500_000) + "{}]}";

        assertFails(answering(new ModelAnswer(200, Map.of(), body)), Duration.ofSeconds(30), Kind.MALFORMED, "1048576");
    }

    @Test
    void an_answer_without_a_body_is_malformed() {
        assertFails(answering(new ModelAnswer(200, Map.of(), "")), Duration.ofSeconds(30), Kind.MALFORMED, "JSON");
    }

    @Test
    void an_error_page_of_a_proxy_is_known_by_its_status() {
        assertFails(
                answering(new ModelAnswer(502, Map.of(), "<html>Bad Gateway</html>")),
                Duration.ofSeconds(30),
                Kind.UNAVAILABLE,
                "HTTP 502");
    }

    private static Function<ModelRequest, ModelAnswer> answering(ModelAnswer answer) {
        return request -> answer;
    }

    private static void assertFails(
            Function<ModelRequest, ModelAnswer> answers, Duration timeout, Kind kind, String named) {
        try (ConnectServer server = ConnectServer.start(answers)) {
            assertFails(client(server.uri(), timeout), kind, named);
        }
    }

    private static void assertFails(ConnectClient client, Kind kind, String named) {
        assertThatExceptionOfType(ConnectCallException.class)
                .isThrownBy(() -> TestTimeout.await(client.call(DESCRIBE, REGION, KEY)))
                .withMessageContaining(named)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() {
        URI nowhere;
        try (ConnectServer server = ConnectServer.start(answering(new ModelAnswer(200, Map.of(), "{}")))) {
            nowhere = server.uri();
        }

        assertFails(client(nowhere, Duration.ofSeconds(30)), Kind.UNAVAILABLE, "DescribeInstance");
    }

    @Test
    void a_request_without_an_answer_ends_in_time_and_gives_its_connection_back() {
        // Given connections that never answer
        ManualTime time = new ManualTime();
        List<CompletableFuture<Void>> executions = new ArrayList<>();
        SdkAsyncHttpClient silent = new InProcessConnect(answering(new ModelAnswer(200, Map.of(), "{}"))) {
            @Override
            public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
                CompletableFuture<Void> execution = new CompletableFuture<>();
                executions.add(execution);
                return execution;
            }
        };
        ConnectClient client = new ConnectClient(
                silent, region -> URI.create("http://127.0.0.1:1"), Duration.ofSeconds(5), time, time.retry(0.5));
        Uni<JsonNode> call = client.call(DESCRIBE, REGION, KEY);

        // When
        CompletableFuture<JsonNode> answer = call.subscribeAsCompletionStage();
        time.pass(Duration.ofMillis(4_999));
        assertThat(answer).isNotDone();
        time.pass(Duration.ofMillis(1));

        // Then
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow())
                .isInstanceOf(ConnectCallException.class)
                .hasMessageContaining("5000 ms");
        assertThat(executions)
                .singleElement()
                .satisfies(execution -> assertThat(execution).isCancelled());
    }

    /** In a process of its own: this one's environment may name the endpoint of a local AWS, as that of all tests does. */
    @Test
    void each_region_has_its_endpoint() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RegionalEndpoints.class.getName(),
                "us-west-2",
                "eu-central-1",
                "us-gov-west-1",
                "cn-north-1");
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();

        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().filter(line -> line.startsWith("https:")))
                    .containsExactly(
                            "https://connect.us-west-2.amazonaws.com",
                            "https://connect.eu-central-1.amazonaws.com",
                            "https://connect.us-gov-west-1.amazonaws.com",
                            "https://connect.cn-north-1.amazonaws.com.cn");
        }
    }

    @Test
    void an_endpoint_of_its_own_may_be_configured() {
        assertThat(with("aws.endpointUrlConnect", "http://127.0.0.1:1/connect", () -> endpointIn(REGION)))
                .isEqualTo(URI.create("http://127.0.0.1:1/connect"));
    }

    private static URI endpointIn(String region) {
        return ConnectClient.configuredEndpoints().apply(region);
    }

    /** Runs work with a property of the SDK, which other tests do not see: they run before or after. */
    private static URI with(String property, String value, Supplier<URI> work) {
        String before = System.setProperty(property, value);
        try {
            return work.get();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void an_endpoint_may_have_a_path() {
        List<ModelRequest> seen = new ArrayList<>();
        ConnectClient client = new ConnectClient(
                new InProcessConnect(request -> {
                    seen.add(request);
                    return new ModelAnswer(200, Map.of(), "{}");
                }),
                region -> URI.create("http://127.0.0.1:1/connect/"),
                Duration.ofSeconds(5),
                Clock.systemUTC(),
                Retry.inRealTime());

        TestTimeout.await(client.call(ConnectCall.listInstances(Optional.empty()), REGION, KEY));

        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/connect/instance");
            assertThat(request.query()).isEqualTo(Map.of("maxResults", "10"));
        });
    }

    private static ConnectClient client(URI endpoint, Duration timeout) {
        return new ConnectClient(HTTP, region -> endpoint, timeout, Clock.systemUTC(), Retry.inRealTime());
    }
}
