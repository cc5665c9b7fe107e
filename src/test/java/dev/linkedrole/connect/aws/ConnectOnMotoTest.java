package dev.linkedrole.connect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectInstance.Status;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.InstanceReader;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.iam.aws.AccountCredentials;
import dev.linkedrole.iam.aws.AwsClients;
import dev.linkedrole.retry.MonotonicClock;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Instances of Amazon Connect on moto, the one local AWS that has them: it creates, lists, describes and deletes them,
 * and lacks all that is read of their settings.
 */
@Tag("aws")
class ConnectOnMotoTest {

    private static final String PORT = String.valueOf(LocalAws.freePort());
    private static final String MOTO = "http://127.0.0.1:" + PORT;
    private static final ConnectLocation ONE = new ConnectLocation("111122223333", "us-west-2");
    private static final ConnectLocation TWO = new ConnectLocation("444455556666", "us-west-2");
    private static final String ROLE = "arn:{partition}:iam::{account}:role/linked-role-controller";

    /** Properties by which the SDK's clients find moto. Other tests run before or after this class. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "aws.endpointUrl", MOTO,
            "aws.region", "us-west-2",
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test");

    private static final Map<String, Optional<String>> BEFORE = new HashMap<>();

    @BeforeAll
    static void start() {
        Commands.run(List.of("localstack/up", "--port", PORT), Map.of("LOCAL_AWS", "moto"));
        PROPERTIES.forEach((name, value) -> BEFORE.put(name, Optional.ofNullable(System.setProperty(name, value))));
    }

    @AfterAll
    static void stop() {
        BEFORE.forEach((name, value) ->
                value.ifPresentOrElse(known -> System.setProperty(name, known), () -> System.clearProperty(name)));
        Commands.run(List.of("localstack/down", "--port", PORT), Map.of());
    }

    @Test
    void the_instances_of_each_account_are_read_with_its_own_credentials() throws Exception {
        // Given instances in two accounts and two regions
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(create(ONE, "alias-" + i));
        }
        String other = create(TWO, "other");
        create(new ConnectLocation(ONE.account(), "eu-central-1"), "elsewhere");

        try (AwsClients clients = new AwsClients(new CallLimits(3, Duration.ofSeconds(30), Duration.ofSeconds(60)));
                AccountCredentials credentials = new AccountCredentials(roles(), clients, SessionName.OF_READING, 10)) {
            AwsConnectLocations connect = locations(clients, credentials);

            // When
            List<ConnectInstance> found = all(connect, ONE);

            // Then
            assertThat(found)
                    .extracting(instance -> instance.arn().id().value())
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(found).allSatisfy(instance -> {
                assertThat(instance.arn().account()).isEqualTo(ONE.account());
                assertThat(instance.alias())
                        .hasValueSatisfying(alias -> assertThat(alias).startsWith("alias-"));
                assertThat(instance.status()).isEqualTo(Status.ACTIVE);
                assertThat(instance.createdAt()).isPresent();
            });
            assertThat(all(connect, TWO))
                    .singleElement()
                    .satisfies(
                            instance -> assertThat(instance.arn().id().value()).isEqualTo(other));

            // And a deleted one is not there
            delete(TWO, other);
            InstanceArn deleted =
                    InstanceArn.parse("arn:aws:connect:us-west-2:%s:instance/%s".formatted(TWO.account(), other));
            Optional<ConnectInstance> gone = in(connect, TWO, gateway -> gateway.instance(deleted.id()));
            assertThat(gone).isEmpty();

            // And what moto lacks is noted
            InstanceReading reading = in(
                            connect,
                            ONE,
                            gateway -> new InstanceReader(gateway, Clock.systemUTC())
                                    .read(
                                            found.getFirst().arn().id(),
                                            new ReadScope(Set.of("CALL_RECORDINGS"), Set.of(), true, true)))
                    .orElseThrow();
            assertThat(reading.instance()).isEqualTo(found.getFirst());
            assertThat(reading.unread())
                    .extracting(Unread::part, Unread::kind)
                    .containsExactly(
                            tuple("storage CALL_RECORDINGS", Kind.REJECTED),
                            tuple("integrations", Kind.REJECTED),
                            tuple("attributes", Kind.REJECTED));
        }
    }

    private static AccountRoles roles() {
        return new AccountRoles(Map.of("default", new AssumableRole(ROLE, Optional.empty())));
    }

    private static AwsConnectLocations locations(AwsClients clients, AccountCredentials credentials) {
        Retry retry = Retry.inRealTime();
        return new AwsConnectLocations(
                ConnectCredentials.of(credentials),
                clients.http(),
                new RequestPacer(new RequestRate(1_000, 10), new MonotonicClock(), retry),
                new CallLimits(3, Duration.ofSeconds(30), Duration.ofSeconds(60)),
                Clock.systemUTC(),
                retry);
    }

    private static List<ConnectInstance> all(AwsConnectLocations connect, ConnectLocation location) {
        List<ConnectInstance> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Optional<String> from = next;
            InstancePage page = in(connect, location, gateway -> gateway.instances(from));
            assertThat(page.unread()).isEmpty();
            found.addAll(page.instances());
            next = page.next();
        } while (next.isPresent());
        return found;
    }

    private static <T> T in(
            AwsConnectLocations connect, ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
        return TestTimeout.await(connect.in(location, work));
    }

    private static String create(ConnectLocation location, String alias) throws IOException, InterruptedException {
        String answer = send(
                location,
                request -> request.uri(URI.create(MOTO + "/instance"))
                        .PUT(BodyPublishers.ofString(
                                "{\"IdentityManagementType\":\"CONNECT_MANAGED\",\"InstanceAlias\":\"%s\",\"InboundCallsEnabled\":true,\"OutboundCallsEnabled\":true}"
                                        .formatted(alias))));
        return ConnectJson.parse(answer.getBytes(StandardCharsets.UTF_8))
                .path("Id")
                .asText();
    }

    private static void delete(ConnectLocation location, String id) throws IOException, InterruptedException {
        send(
                location,
                request -> request.uri(URI.create(MOTO + "/instance/" + id)).DELETE());
    }

    /** Sends a request as the administrator of an account, whose key tells moto the account. */
    private static String send(ConnectLocation location, Function<HttpRequest.Builder, HttpRequest.Builder> request)
            throws IOException, InterruptedException {
        try (StsClient sts = StsClient.create();
                HttpClient http = HttpClient.newHttpClient()) {
            String key = sts.assumeRole(
                            assume -> assume.roleArn("arn:aws:iam::" + location.account() + ":role/administrator")
                                    .roleSessionName("administrator"))
                    .credentials()
                    .accessKeyId();
            HttpRequest.Builder built = HttpRequest.newBuilder()
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=%s/20261130/%s/connect/aws4_request, SignedHeaders=host, Signature=0"
                                    .formatted(key, location.region()))
                    .header("Content-Type", "application/json");
            var response = http.send(request.apply(built).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }
}
