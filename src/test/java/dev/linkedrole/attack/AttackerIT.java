package dev.linkedrole.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.FaultyAws;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.OutcomeListener;
import dev.linkedrole.testing.iam.ContractOracle;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * An attacker with write access to the queues gains nothing more. The attacker sends hundreds of messages, of all
 * shapes, to a service that works in several accounts and publishes outcomes.
 */
@Tag("aws")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackerIT {

    private static final int MESSAGES = 150;

    /** Minimum number of valid messages that grant something. */
    private static final int ENOUGH = 15;

    private static final String PATTERN = "arn:{partition}:iam::{account}:role/linked-role-controller";

    /** Prefix of a log line, or a line of a stack trace. */
    private static final Pattern LOG_LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} [A-Z]+ +\\[.*|\\tat .*|\\t\\.\\.\\. .*|\\t?(Caused by|Suppressed): .*|[a-z.]+\\.[A-Z]\\w+.*|");

    /** Size above which a message may leave no room for the whole reason. */
    private static final int LARGE = 1_000_000;

    private static final int LIMIT = 1_048_576;

    /** Text that would be a log line of its own if written unescaped. */
    private static final String FORGED = "FORGED LINE";

    private static final List<String> ATTRIBUTES =
            List.of("_classname", "rejection-reason", "traceparent", "content-type", "java.class");

    private final long seed = Optional.ofNullable(Long.getLong("seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private final Deployment deployment = Deployment.provision();
    private final SqsClient sqs = SqsClient.create();
    private final Producer producer = new Producer(sqs, deployment);
    private final FaultyAws aws = FaultyAws.start();
    private final OutcomeListener listener = OutcomeListener.by(OutcomeListener.Way.QUEUE);
    private final Map<String, IamReader> accounts = new HashMap<>();

    private final Set<String> refusable = new TreeSet<>();
    private final List<RoleEvent> acceptable = new ArrayList<>();
    private final Map<Instance, IamReader.FoundRole> victims = new LinkedHashMap<>();
    private final List<Message> deadLetters = new ArrayList<>();

    private ServiceProcess service;

    @BeforeAll
    void send_hundreds_of_messages(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        makeVictims();
        HostileMessages messages = new HostileMessages(random);
        messages.sendable().limit(MESSAGES).forEach(this::send);
        // Few seeds have so few valid messages; then more are sent until there are enough.
        messages.sendable()
                .limit(MESSAGES)
                .takeWhile(body -> enabled().size() < ENOUGH)
                .forEach(this::send);
        victims.keySet().forEach(this::attack);
        poisonTheLog();
        fillTheQueue();
        service = ServiceProcess.start(deployment, environment());
        producer.awaitQuiet();
        // Events before the announcement are granted once the instance is announced.
        List<InstanceArn> instances =
                acceptable.stream().map(RoleEvent::instance).distinct().toList();
        instances.forEach(instance -> producer.send(new Instance(instance).created(1)));
        producer.awaitQuiet();
        Stream.of(Inbox.values())
                .forEach(inbox -> deadLetters.addAll(producer.deadLetters(inbox).drain()));
    }

    @AfterAll
    void close() {
        service.close();
        aws.close();
        listener.close();
        sqs.close();
    }

    @Test
    void every_message_is_handled_or_in_the_dead_letter_queue_with_a_reason() {
        Set<String> rejected = deadLetters.stream().map(Message::body).collect(Collectors.toSet());
        assertThat(without(rejected, refusable)).isEmpty();
        assertThat(without(refusable, rejected)).isEmpty();
        assertThat(deadLetters).allSatisfy(message -> {
            assertThat(message.messageAttributes())
                    .hasEntrySatisfying(
                            "rejection-reason",
                            reason -> assertThat(reason.stringValue()).isNotEqualTo("mine"));
            if (message.body().length() < LARGE) {
                assertThat(message.messageAttributes()).containsKeys("rejection-detail", "rejected-at");
            }
        });
    }

    @Test
    void no_event_widens_a_grant_beyond_its_row() {
        assertThat(enabled()).hasSizeGreaterThanOrEqualTo(ENOUGH).allSatisfy(event -> {
            RoleName name = new Instance(event.instance()).roleName();
            assertThat(iamOf(event.instance().account()).permissions(name)).isEqualTo(ContractOracle.after(event));
        });
    }

    @Test
    void an_event_opens_sessions_for_its_own_instance_only() {
        assertThat(aws.sessions()).isNotEmpty().allSatisfy(session -> {
            assertThat(session.externalId()).isEqualTo("acme");
            assertThat(acceptable)
                    .anyMatch(event -> session.name()
                                    .equals("linked-role-" + event.instance().id())
                            && session.role()
                                    .equals("arn:" + event.instance().partition() + ":iam::"
                                            + event.instance().account() + ":role/linked-role-controller"));
        });
    }

    @Test
    void no_event_reaches_a_role_of_another_account() {
        Map<String, String> accountsOfRoles = new HashMap<>();
        acceptable.forEach(event -> accountsOfRoles.put(
                new Instance(event.instance()).roleName().value(),
                event.instance().account()));
        assertThat(aws.calls())
                .filteredOn(call -> !call.role().isEmpty())
                .isNotEmpty()
                .filteredOn(call -> call.account().isPresent())
                .allSatisfy(call -> assertThat(accountsOfRoles)
                        .containsEntry(call.role(), call.account().orElseThrow()));
    }

    @Test
    void no_event_writes_to_a_role_that_the_service_does_not_own() {
        IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
        assertThat(victims)
                .isNotEmpty()
                .allSatisfy((victim, before) ->
                        assertThat(iam.get(victim.roleName())).isEqualTo(before));
        assertThat(aws.calls())
                .filteredOn(call -> call.role().length() > 0)
                .allMatch(call -> call.role().startsWith("AWSServiceRoleForAmazonConnect_"));
    }

    @Test
    void nobody_is_answered_in_the_queues_that_events_come_on() {
        assertThat(producer.idle()).isTrue();
        assertThat(deadLetters)
                .noneMatch(message -> message.body().contains("\"grant-refused\"")
                        || message.body().contains("\"role-updated\""));
    }

    @Test
    void no_event_writes_a_line_of_its_own_into_the_log() {
        List<String> lines = service.log().lines().toList();
        assertThat(lines).anyMatch(line -> line.contains("\\u000a" + FORGED));
        assertThat(lines).noneMatch(line -> line.startsWith(FORGED));
        assertThat(service.log().chars()).allMatch(c -> c == '\n' || c == '\r' || c == '\t' || c >= ' ');
        assertThat(lines).allMatch(line -> LOG_LINE.matcher(line).matches());
    }

    @Test
    void no_message_stops_a_channel() {
        Stream.of(Inbox.values()).forEach(inbox -> {
            Instance next = Instance.randomIn(ownAccount());
            producer.send(next.created(0), Envelopes.CLOUD_EVENT, inbox);
            producer.awaitQuiet();
            assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(next.roleName()))
                    .isTrue();
        });
        assertThat(service.readiness()).startsWith("200 ");
    }

    private static Set<String> without(Set<String> these, Set<String> those) {
        Set<String> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    // Messages that the attacker sends

    private void send(String body) {
        Map<String, String> attributes = new HashMap<>();
        ATTRIBUTES.stream().filter(name -> random.nextInt(4) == 0).forEach(name -> attributes.put(name, "mine"));
        producer.queue(Inbox.any(random)).send(body, attributes, "any");
        expect(body);
    }

    private void expect(String body) {
        try {
            RoleEvent event = decoder.decode(body);
            if (fits(event)) {
                acceptable.add(event);
                return;
            }
        } catch (RejectedException rejected) {
            // as it should be
        }
        refusable.add(body);
    }

    private List<RoleEvent.FeatureEnabled> enabled() {
        return acceptable.stream()
                .filter(RoleEvent.FeatureEnabled.class::isInstance)
                .map(RoleEvent.FeatureEnabled.class::cast)
                .filter(event -> !victims.containsKey(new Instance(event.instance())))
                .toList();
    }

    private static boolean fits(RoleEvent event) {
        return !(event instanceof RoleEvent.FeatureEnabled)
                || Defaults.COMPILER.compileAnnounced(LinkedRole.of(event)).charactersOver() == 0;
    }

    /** Creates foreign roles with the names that our roles would have. */
    private void makeVictims() {
        for (String owner : List.of("", "another-deployment", "linked-role-controller")) {
            Instance victim = Instance.randomIn(ownAccount());
            Map<String, String> tags = owner.isEmpty()
                    ? Map.of("team", "theirs")
                    : Map.of(
                            RoleTags.OWNER_TAG,
                            owner,
                            RoleTags.INSTANCE_TAG,
                            owner.equals("another-deployment")
                                    ? victim.arn().toString()
                                    : Instance.random().arn().toString());
            ManualRoleEdit.of(victim.roleName()).make(tags).putPolicy("theirs", "s3:GetObject");
            victims.put(victim, new IamReader(AwsTestClients.PLAIN_IAM).get(victim.roleName()));
        }
    }

    private void attack(Instance victim) {
        List<RoleEvent> events = List.of(
                victim.created(0),
                victim.enabled(1, "outbound-campaigns"),
                victim.enabled(2, "call-recordings", "arn:aws:s3:::acme"),
                victim.deleted(9));
        events.forEach(event -> {
            ObjectNode written = Envelopes.any(random).wrap(event);
            producer.send(written.toString(), Inbox.any(random), "any");
            expect(written.toString());
        });
        for (String type : List.of("role-adopted", "role-released", "description-edited", "RoleAdopted")) {
            ObjectNode written = Envelopes.CLOUD_EVENT.wrap(victim.created(3), type);
            data(written).put("adopt", true).put("description", "mine").put("owner", "linked-role-controller");
            producer.send(written.toString(), Inbox.any(random), "any");
            expect(written.toString());
        }
        ObjectNode adopting = Envelopes.CLOUD_EVENT.wrap(victim.created(4));
        data(adopting).put("adopt", true).put("roleName", "admin").put("role", "arn:aws:iam::111122223333:role/admin");
        producer.send(adopting.toString(), Inbox.any(random), "any");
        expect(adopting.toString());
    }

    private void poisonTheLog() {
        String forged = "x\n" + FORGED + " \u001b[2J\r\n" + FORGED;
        ObjectNode event =
                Envelopes.CLOUD_EVENT.wrap(Instance.randomIn(ownAccount()).created(0));
        Map<String, ObjectNode> bodies = new LinkedHashMap<>();
        for (String field : List.of("id", "source", "type", "time", "subject", "specversion")) {
            bodies.put(field, event.deepCopy().put(field, forged));
        }
        for (String field : List.of("instanceArn", "alias")) {
            ObjectNode body = event.deepCopy();
            data(body).put(field, forged);
            bodies.put(field, body);
        }
        bodies.values().forEach(body -> {
            producer.send(body.toString(), Inbox.INSTANCE_CREATED, "any");
            expect(body.toString());
        });
        String key = "{\"" + "k\\n" + FORGED + "\":1,\"k\\n" + FORGED + "\":2}";
        producer.send(key, Inbox.INSTANCE_CREATED, "any");
        expect(key);
    }

    /** Sends bodies that leave room for a reason and nothing else. */
    private void fillTheQueue() {
        for (int room : List.of(60, 200, 500)) {
            String body = "x".repeat(LIMIT - room);
            producer.send(body, Inbox.any(random), "any");
            expect(body);
        }
    }

    private static ObjectNode data(ObjectNode event) {
        JsonNode data = event.get("data");
        return (ObjectNode) Objects.requireNonNull(data);
    }

    // Queues that the attacker sends to

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE", PATTERN);
        environment.put("LINKED_ROLE_ACCOUNTS_DEFAULT_EXTERNAL_ID", "acme");
        environment.put("LINKED_ROLE_OUTCOMES_TARGET", listener.target());
        environment.put("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        return environment;
    }

    private static String ownAccount() {
        return AwsTestClients.PLAIN_STS.getCallerIdentity().account();
    }

    private IamReader iamOf(String account) {
        return accounts.computeIfAbsent(account, AttackerIT::reader);
    }

    private static IamReader reader(String account) {
        if (account.equals(ownAccount())) {
            return new IamReader(AwsTestClients.PLAIN_IAM);
        }
        Credentials given = AwsTestClients.PLAIN_STS
                .assumeRole(r ->
                        r.roleArn("arn:aws:iam::" + account + ":role/auditor").roleSessionName("auditor"))
                .credentials();
        return new IamReader(IamClient.builder()
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
                .build());
    }
}
