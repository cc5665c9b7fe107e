package dev.linkedrole.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.sqs.model.Message;

/** Script of the demo with a producer of its own: the life of one role. */
final class ProducerStory extends Story {

    private static final String RECORDINGS = "arn:aws:s3:::acme-recordings";
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme-records";
    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:OrderFlowers";
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"connect.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}";

    private final String instance = UUID.randomUUID().toString();
    private final String role = "AWSServiceRoleForAmazonConnect_" + instance.replace("-", "");
    private final Events events = new Events(instance);
    private final Instant start = Instant.now().minusSeconds(3600);
    private final ShownRole shown = new ShownRole(account, terminal, role);

    ProducerStory(LocalAccount account, ServiceProcess service) {
        super(account, service);
    }

    @Override
    boolean tell() throws IOException, InterruptedException {
        terminal.title("The life of one role");
        terminal.note("instance " + events.instanceArn());
        terminal.note("role     " + role);
        created();
        callRecordings();
        moreFeatures();
        duplicate();
        late();
        disabled();
        rejected();
        deleted();
        afterDeletion();
        history();
        stopped();
        return terminal.verdict();
    }

    private void created() {
        terminal.chapter("An instance is created: its role appears, with the base permissions");
        send(
                CREATED,
                "instance-created",
                events.cloudEvent("e1", "instance-created", at(0), Map.of("alias", "acme-support")));
        shown.diff();
        terminal.check(
                shown.permissions()
                        .equals(new TreeSet<>(List.of(
                                "connect:*  on  *",
                                "lex:ListBotAliases, lex:ListBots  on  *",
                                "cloudwatch:PutMetricData  on  *  where cloudwatch:namespace is AWS/Connect"))),
                "the role has the base permissions and nothing else");
        terminal.check(
                account.trustPolicy(role).map(IamPolicy::fromJson).equals(Optional.of(IamPolicy.fromJson(TRUST))),
                "connect.amazonaws.com may assume it, and nobody else");
        terminal.check(
                account.tags(role).getOrDefault("linked-role:instance", "").equals(events.instanceArn()),
                "its tags say whose it is");
    }

    private void callRecordings() {
        terminal.chapter("Call recordings are switched on: the role grows by what they need, on that bucket alone");
        send(
                FEATURES,
                "feature-enabled: call-recordings on " + RECORDINGS,
                enabled("e2", 60, "call-recordings", RECORDINGS));
        int grown = shown.diff();
        terminal.check(
                grown == 2 && shown.mentions("s3:PutObject", RECORDINGS + "/*"),
                "it may write objects into that bucket");
        terminal.check(
                shown.permissions().stream().noneMatch(line -> line.startsWith("s3:") && !line.contains(RECORDINGS)),
                "it has no other bucket");
    }

    private void moreFeatures() {
        terminal.chapter("More features, through EventBridge and SNS: the envelope makes no difference");
        String stream = events.eventBridge(
                "e3", "Feature Enabled", at(120), Map.of("feature", "contact-records", "resources", List.of(STREAM)));
        send(FEATURES, "feature-enabled: contact-records on " + STREAM + "  (EventBridge)", stream);
        String bot = events.sns(enabled("e4", 180, "lex-bots", BOT));
        send(FEATURES, "feature-enabled: lex-bots on " + BOT + "  (SNS)", bot);
        int grown = shown.diff();
        terminal.check(grown == 2, "one line more for the stream, one for the bot");
    }

    private void duplicate() {
        terminal.chapter("The same event comes twice more: SQS delivers at least once");
        send(FEATURES, "feature-enabled: call-recordings, again", enabled("e2", 60, "call-recordings", RECORDINGS));
        send(FEATURES, "feature-enabled: call-recordings, again", enabled("e2", 60, "call-recordings", RECORDINGS));
        terminal.check(shown.diff() == 0, "IAM has what it had");
    }

    private void disabled() {
        terminal.chapter("A feature is switched off: its permissions go at once");
        send(
                FEATURES,
                "feature-disabled: contact-records",
                events.cloudEvent("e6", "feature-disabled", at(300), Map.of("feature", "contact-records")));
        terminal.check(shown.diff() == -1, "the stream's line is gone, and nothing else");
    }

    private void late() {
        terminal.chapter("Events out of order: the bot is revoked, and an older event that gave it comes after that");
        send(
                FEATURES,
                "feature-disabled: lex-bots on " + BOT + "  (its time: minute 4)",
                events.cloudEvent(
                        "e5", "feature-disabled", at(240), Map.of("feature", "lex-bots", "resources", List.of(BOT))));
        terminal.check(shown.diff() == -1, "the bot is gone");
        send(
                FEATURES,
                "feature-enabled: lex-bots on " + BOT + "  (its time: minute 3; it was late)",
                enabled("e4-late", 180, "lex-bots", BOT));
        terminal.check(shown.diff() == 0, "the late event changed nothing: the later word stands");
    }

    private void rejected() {
        terminal.chapter("A message asks for too much: it is rejected, with the reason, and kept");
        String greedy = enabled("e7", 360, "call-recordings", "arn:aws:s3:::*");
        send(FEATURES, "feature-enabled: call-recordings on arn:aws:s3:::*", greedy);
        List<Message> rejected = account.read(FEATURES + "-dlq");
        rejected.forEach(message -> {
            terminal.plain("dead-letter queue: " + attribute(message, "rejection-reason"));
            terminal.plain("   " + attribute(message, "rejection-detail"));
        });
        terminal.check(
                rejected.size() == 1 && rejected.getFirst().body().equals(greedy),
                "it is in the dead-letter queue, its body unchanged");
        terminal.check(
                rejected.size() == 1
                        && attribute(rejected.getFirst(), "rejection-detail").contains("data.resources[0]"),
                "the reason names the field");
        terminal.check(shown.diff() == 0, "the role is as it was");
    }

    private void deleted() {
        terminal.chapter("The instance is deleted: so is its role");
        send(DELETED, "instance-deleted", events.cloudEvent("e8", "instance-deleted", at(420), Map.of()));
        terminal.check(account.trustPolicy(role).isEmpty(), "IAM has no role of that name any more");
        shown.forget();
    }

    private void afterDeletion() {
        terminal.chapter("Nothing brings it back");
        send(
                CREATED,
                "instance-created, sent again",
                events.cloudEvent("e1", "instance-created", at(0), Map.of("alias", "acme-support")));
        send(FEATURES, "feature-enabled: lex-bots, later than the deletion", enabled("e9", 480, "lex-bots", BOT));
        terminal.check(account.trustPolicy(role).isEmpty(), "IAM still has no role of that name");
    }

    private void history() throws IOException, InterruptedException {
        terminal.chapter("What was recorded: each event, what it granted or took, and when it was in force");
        terminal.note("GET /api/roles/" + instance + "/history");
        JsonNode history = JSON.readTree(service.get("/api/roles/" + instance + "/history"));
        List<String> rejected = new ArrayList<>();
        for (JsonNode event : history) {
            if (event.path("effect").asText().equals("refused")) {
                rejected.add(
                        event.path("id").asText() + " " + event.path("reason").asText());
            }
            terminal.plain("%-8s %-17s %-11s %s"
                    .formatted(
                            event.path("id").asText(),
                            event.path("type").asText(),
                            event.path("effect").asText(),
                            changes(event)));
        }
        terminal.check(
                history.size() == 10 && rejected.equals(List.of("e7 wildcard")),
                "every event is there once, the rejected one with its reason");
        JsonNode view = JSON.readTree(service.get("/api/roles/" + instance));
        terminal.check(
                view.path("revision").asLong() == view.path("appliedRevision").asLong()
                        && view.path("conditions").isEmpty(),
                "all that was recorded is in force (revision " + view.path("revision") + ")");
    }

    private static String changes(JsonNode event) {
        StringBuilder text = new StringBuilder();
        event.path("granted").forEach(grant -> text.append(" +").append(grant.asText()));
        event.path("taken").forEach(grant -> text.append(" -").append(grant.asText()));
        return text.toString().strip();
    }

    private String enabled(String id, int seconds, String feature, String resource) {
        return events.cloudEvent(
                id, "feature-enabled", at(seconds), Map.of("feature", feature, "resources", List.of(resource)));
    }

    private Instant at(int seconds) {
        return start.plusSeconds(seconds);
    }

    private static String attribute(Message message, String name) {
        return Optional.ofNullable(message.messageAttributes().get(name))
                .map(value -> value.stringValue())
                .orElse("(none)");
    }
}
