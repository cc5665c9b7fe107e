package dev.linkedrole.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Instance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Script of the demo in which Amazon Connect itself is the producer. */
final class ConnectStory extends Story {

    /** The period of the check. */
    static final Duration CHECK = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration OFTEN = Duration.ofMillis(500);

    private static final String OLD_BUCKET = "arn:aws:s3:::acme-archive/calls";
    private static final String BUCKET = "arn:aws:s3:::acme-recordings/2026";
    private static final String REPORTS = "arn:aws:s3:::acme-reports/daily";
    private static final String LOGS = "arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme-since-2017:*";
    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:OrderFlowers:*";

    private static final SortedSet<String> BASE = new TreeSet<>(List.of(
            "connect:*  on  *",
            "lex:ListBotAliases, lex:ListBots  on  *",
            "cloudwatch:PutMetricData  on  *  where cloudwatch:namespace is AWS/Connect"));

    private final ContactCentre centre;
    private final Instance older = Instance.random();
    private final Instance instance = Instance.random();
    private final ShownRole olderRole = shown(older);
    private final ShownRole role = shown(instance);
    private final Instant start = Instant.now().minusSeconds(3600);

    ConnectStory(LocalAccount account, ServiceProcess service, ContactCentre centre) {
        super(account, service);
        this.centre = centre;
    }

    private ShownRole shown(Instance of) {
        return new ShownRole(account, terminal, of.roleName().value());
    }

    @Override
    boolean tell() throws IOException, InterruptedException {
        terminal.title("A contact centre whose producer is Amazon Connect itself");
        terminal.note("records of CloudTrail come as EventBridge delivers them: source aws.connect,");
        terminal.note("detail-type \"AWS API Call via CloudTrail\", put into SQS by this demo");
        terminal.note(
                "List and Describe calls go to a model that is held to the public API model: no emulator has them");
        imported();
        created();
        settings();
        repeated();
        nothing();
        lost();
        deleted();
        compared();
        stopped();
        return terminal.verdict();
    }

    private void imported() throws IOException, InterruptedException {
        terminal.chapter("An instance from before this service is imported: no event tells of it");
        centre.has(olderInstance());
        terminal.note("instance " + older.arn());
        terminal.sent("POST /api/imports");
        String id = JSON.readTree(
                        service.post("/api/imports", "{\"accounts\":[\"111122223333\"],\"regions\":[\"us-west-2\"]}"))
                .path("id")
                .asText();
        JsonNode ended = Awaitility.await("the import to end")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(
                        () -> JSON.readTree(service.get("/api/imports/" + id)),
                        report -> !report.path("state").asText().equals("running"));
        ended.path("findings").forEach(finding -> {
            finding.path("events").forEach(event -> terminal.plain(event.asText()));
            finding.path("notes").forEach(note -> terminal.plain("note: " + note.asText()));
        });
        terminal.check(
                ended.path("state").asText().equals("done")
                        && ended.at("/progress/unread").asLong() == 0,
                "it was read as a whole");
        olderRole.diff();
        terminal.check(olderRole.permissions().equals(expectedOfOlder()), "its role has what its settings need");
    }

    private ModelInstance olderInstance() {
        return new ModelInstance(older.arn())
                .described(summary -> summary.put("InstanceAlias", "acme-since-2017"))
                .storingInBucket("CALL_RECORDINGS", "acme-archive", "calls")
                .attribute("CONTACTFLOW_LOGS", "true")
                .attribute("HIGH_VOLUME_OUTBOUND", "false");
    }

    private static SortedSet<String> expectedOfOlder() {
        return with(
                "s3:DeleteObject, s3:GetObject, s3:GetObjectAcl, s3:PutObject, s3:PutObjectAcl  on  " + OLD_BUCKET
                        + "/*",
                "s3:GetBucketAcl, s3:GetBucketLocation  on  arn:aws:s3:::acme-archive",
                "logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents  on  " + LOGS);
    }

    private static SortedSet<String> with(String... more) {
        SortedSet<String> all = new TreeSet<>(BASE);
        all.addAll(List.of(more));
        return all;
    }

    private void created() {
        terminal.chapter("Somebody calls CreateInstance: the role appears, with the base permissions");
        centre.has(present());
        terminal.note("instance " + instance.arn());
        send(
                CREATED,
                "CreateInstance",
                record(0, "CreateInstance", "{\"InstanceAlias\":\"acme-support\"}", "{\"Id\":\"INSTANCE\"}"));
        role.diff();
        terminal.check(role.permissions().equals(BASE), "it has these and nothing else");
    }

    private void settings() {
        terminal.chapter("AssociateInstanceStorageConfig and AssociateBot: the role grows by what they need");
        centre.has(present()
                .storingInBucket("CALL_RECORDINGS", "acme-recordings", "2026")
                .withLexV1("OrderFlowers", Instance.REGION));
        send(FEATURES, "AssociateInstanceStorageConfig of CALL_RECORDINGS", recordings("recordings"));
        terminal.check(
                role.diff() == 2 && role.mentions("s3:PutObject", BUCKET + "/*"), "it may write below that prefix");
        send(
                FEATURES,
                "AssociateBot, by CloudFormation (the instance is a percent-encoded ARN) and through SNS",
                ApiCallEvent.inNotification(bot()).toString());
        terminal.check(role.diff() == 1 && role.mentions("lex:PostContent", BOT), "it may speak to that bot");
    }

    private void repeated() {
        terminal.chapter("A record comes a second time");
        send(FEATURES, "AssociateInstanceStorageConfig, the same eventID", recordings("recordings"));
        terminal.check(role.diff() == 0, "IAM has what it had");
    }

    private void nothing() {
        terminal.chapter("Calls of which nothing comes: one that failed, one that reads");
        ObjectNode failed = call(180, "DeleteInstance", "{\"InstanceId\":\"INSTANCE\"}", "null");
        detail(failed).put("errorCode", "AccessDeniedException");
        send(DELETED, "DeleteInstance, with errorCode AccessDeniedException", failed.toString());
        ObjectNode reading = call(190, "DescribeInstance", "{\"InstanceId\":\"INSTANCE\"}", "null");
        detail(reading).put("readOnly", true);
        send(FEATURES, "DescribeInstance, readOnly", reading.toString());
        terminal.check(role.diff() == 0, "the role is as it was");
        terminal.check(
                account.read(DELETED + "-dlq").isEmpty()
                        && account.read(FEATURES + "-dlq").isEmpty(),
                "and no message is in a dead-letter queue");
    }

    private void lost() {
        terminal.chapter("EventBridge loses two records: the bot was removed, and reports were switched on");
        centre.has(present()
                .storingInBucket("CALL_RECORDINGS", "acme-recordings", "2026")
                .storingInBucket("SCHEDULED_REPORTS", "acme-reports", "daily"));
        terminal.note("no message comes; the check compares each instance once in " + CHECK);
        awaitPermissions(role, now -> now.equals(expected()));
        role.diff();
        terminal.check(
                role.permissions().equals(expected()), "the check has revoked the bot and granted the reports' prefix");
    }

    private static SortedSet<String> expected() {
        return with(
                "s3:DeleteObject, s3:GetObject, s3:GetObjectAcl, s3:PutObject, s3:PutObjectAcl  on  " + BUCKET + "/*",
                "s3:GetBucketAcl, s3:GetBucketLocation  on  arn:aws:s3:::acme-recordings",
                "s3:GetObjectAcl, s3:PutObject, s3:PutObjectAcl  on  " + REPORTS + "/*");
    }

    /** Waits for permissions, as long as a check may take. What is there then is checked by the caller. */
    private void awaitPermissions(ShownRole of, Predicate<SortedSet<String>> reached) {
        Instant end = Instant.now().plus(PATIENCE);
        Awaitility.await("the check")
                .atMost(PATIENCE.plusMinutes(1))
                .pollInterval(OFTEN)
                .until(() -> reached.test(account.permissions(of.name()))
                        || Instant.now().isAfter(end));
    }

    private void deleted() {
        terminal.chapter("Somebody calls DeleteInstance: the role goes");
        centre.deletes(instance);
        send(
                DELETED,
                "DeleteInstance",
                call(3600, "DeleteInstance", "{\"InstanceId\":\"INSTANCE\"}", "null")
                        .toString());
        terminal.check(account.trustPolicy(role.name()).isEmpty(), "IAM has no role of that name any more");
        send(FEATURES, "AssociateInstanceStorageConfig, delivered late", recordings("late"));
        terminal.check(account.trustPolicy(role.name()).isEmpty(), "a record that comes late does not bring it back");
    }

    private void compared() throws IOException, InterruptedException {
        terminal.chapter("Amazon Connect, the ledger and IAM, side by side");
        JsonNode drift = JSON.readTree(service.get("/api/imports?compare=true&account=111122223333&region=us-west-2"));
        terminal.check(
                drift.at("/comparison/instancesWithoutRole").isEmpty()
                        && drift.at("/comparison/rolesWithoutInstance").isEmpty()
                        && drift.at("/comparison/unfinished").isEmpty(),
                "no instance is without a role, and no role without an instance");
        terminal.check(
                account.roles().equals(new TreeSet<>(List.of(olderRole.name()))),
                "IAM has the role of the instance that is left, and no other");
        olderRole.diff();
        terminal.check(
                olderRole.permissions().equals(expectedOfOlder()), "it may do what its settings need, to the letter");
        terminal.check(
                centre.requests() > 0 && centre.fits(),
                "all " + centre.requests() + " requests to Amazon Connect fitted its API and its rate");
    }

    private ModelInstance present() {
        return new ModelInstance(instance.arn())
                .described(summary ->
                        summary.put("InstanceAlias", "acme-support").put("CreatedTime", start.getEpochSecond()))
                .attribute("CONTACTFLOW_LOGS", "false")
                .attribute("HIGH_VOLUME_OUTBOUND", "false");
    }

    private String recordings(String id) {
        return record(60, id, "AssociateInstanceStorageConfig", """
                {"InstanceId":"INSTANCE","ResourceType":"CALL_RECORDINGS","StorageConfig":{"StorageType":"S3",\
                "S3Config":{"BucketName":"acme-recordings","BucketPrefix":"2026"}}}""", "{\"AssociationId\":\"a-1\"}");
    }

    private ObjectNode bot() {
        return at(
                120,
                ApiCallEvent.of(
                        instance,
                        ApiCallEvent.Form.ENCODED_ARN,
                        ApiCallEvent.Spelling.PASCAL_CASE,
                        "AssociateBot",
                        JSON.createObjectNode()
                                .put("InstanceId", ApiCallEvent.INSTANCE)
                                .set(
                                        "LexBot",
                                        JSON.createObjectNode()
                                                .put("Name", "OrderFlowers")
                                                .put("LexRegion", Instance.REGION)),
                        JSON.nullNode()));
    }

    private String record(int second, String call, String request, String response) {
        return call(second, call, request, response).toString();
    }

    private String record(int second, String id, String call, String request, String response) {
        ObjectNode event = call(second, call, request, response);
        detail(event).put("eventID", id + "-" + instance.id().value());
        return event.toString();
    }

    private ObjectNode call(int second, String call, String request, String response) {
        return at(second, ApiCallEvent.of(instance, call, request, response));
    }

    private ObjectNode at(int second, ObjectNode event) {
        String time = Instant.ofEpochSecond(start.getEpochSecond() + second).toString();
        detail(event).put("eventTime", time);
        return event.put("time", time);
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }
}
