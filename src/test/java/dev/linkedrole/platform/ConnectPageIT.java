package dev.linkedrole.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.TrailBus;
import dev.linkedrole.testing.iam.Permission;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * The commands of {@code docs/connect.md}, in their order, on an AWS of their own, which has the names that the page has. Calls of two
 * accounts and regions then arrive in the queue.
 */
@Tag("aws")
class ConnectPageIT {

    private static final String MEMBER = "444455556666";
    private static final String NAMES = "names";
    private static final String PORT = String.valueOf(LocalAws.freePort());
    private static final URI ENDPOINT = URI.create("http://127.0.0.1:" + PORT);
    private static final Map<String, String> AWS = Map.of(
            "AWS_ENDPOINT_URL", ENDPOINT.toString(),
            "AWS_REGION", "us-east-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");

    private final Instance instance = Instance.random();

    @BeforeAll
    static void start() {
        // moto is the one local AWS that has CloudTrail
        Commands.run(List.of("localstack/up", "--port", PORT), Map.of("LOCAL_AWS", "moto"));
    }

    @AfterAll
    static void stop() {
        Commands.run(List.of("localstack/down", "--port", PORT), Map.of());
    }

    @Test
    void the_page_leads_calls_of_all_accounts_and_regions_to_the_queue() throws IOException {
        // Given an account with a trail
        Page page = Page.read("docs/connect.md", AWS);
        assertThat(page.titles())
                .containsExactly(
                        NAMES, "trail", "rule", "bus", "stack set", "undelivered", "reading", "reading elsewhere");
        page.aws("s3api", "create-bucket", "--bucket", "trail");
        page.aws("cloudtrail", "create-trail", "--name", "trail", "--s3-bucket-name", "trail");
        page.aws("cloudtrail", "start-logging", "--name", "trail");

        // When
        page.run(NAMES, "trail", "rule", "bus", "stack set");

        // Then the calls of each arrive
        String here = put(Region.US_EAST_1, AwsBasicCredentials.create("test", "test"));
        String near = put(Region.US_EAST_1, member(page));
        String far = put(Region.EU_WEST_2, member(page));
        assertThat(arrived(page)).containsExactlyInAnyOrder(here, near, far);

        // And what could not be delivered does so later
        String undelivered = url(page, "linked-role-connect-undelivered");
        List<String> late = List.of(event(), event());
        for (String body : late) {
            page.aws("sqs", "send-message", "--queue-url", undelivered, "--message-body", body);
        }
        page.run(NAMES, "undelivered");
        assertThat(arrived(page))
                .containsExactlyInAnyOrderElementsOf(
                        late.stream().map(ConnectPageIT::id).toList());
        assertThat(page.aws("sqs", "receive-message", "--queue-url", undelivered)
                        .path("Messages"))
                .isEmpty();

        // And the policies to read with are there
        page.run(NAMES, "reading", "reading elsewhere");
        assertThat(page.aws("iam", "list-attached-role-policies", "--role-name", "linked-role-controller")
                        .toString())
                .contains("ConnectPolicy", "RolesPolicy");
    }

    private String put(Region region, AwsCredentials credentials) {
        String event = event();
        try (TrailBus bus = new TrailBus(EventBridgeClient.builder()
                .endpointOverride(ENDPOINT)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build())) {
            bus.put(List.of((ObjectNode) Permission.parse(event)));
        }
        return id(event);
    }

    private String event() {
        return ApiCallEvent.of(instance, "DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}", "null")
                .toString();
    }

    private static String id(String event) {
        return Permission.parse(event).at("/detail/eventID").asText();
    }

    /** Takes the calls out of the queue. */
    private static Set<String> arrived(Page page) throws IOException {
        String queue = url(page, "linked-role-feature-enabled");
        Set<String> arrived = new TreeSet<>();
        JsonNode messages = page.aws("sqs", "receive-message", "--queue-url", queue, "--max-number-of-messages", "10")
                .path("Messages");
        for (JsonNode message : messages) {
            arrived.add(id(message.path("Body").asText()));
            page.aws(
                    "sqs",
                    "delete-message",
                    "--queue-url",
                    queue,
                    "--receipt-handle",
                    message.path("ReceiptHandle").asText());
        }
        return arrived;
    }

    private static String url(Page page, String queue) throws IOException {
        return page.aws("sqs", "get-queue-url", "--queue-name", queue)
                .path("QueueUrl")
                .asText();
    }

    private static AwsSessionCredentials member(Page page) throws IOException {
        JsonNode given = page.aws(
                        "sts",
                        "assume-role",
                        "--role-arn",
                        "arn:aws:iam::" + MEMBER + ":role/administrator",
                        "--role-session-name",
                        "administrator")
                .path("Credentials");
        return AwsSessionCredentials.create(
                given.path("AccessKeyId").asText(),
                given.path("SecretAccessKey").asText(),
                given.path("SessionToken").asText());
    }
}
