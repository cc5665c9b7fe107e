package dev.linkedrole.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.chaos.FaultyProxy.Phase;
import dev.linkedrole.chaos.FaultyProxy.Trouble;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Three processes of the packaged service handle thousands of events while processes are killed, AWS fails, a person
 * edits roles by hand, and a new version is rolled out. At the end all roles and records are as expected, and no others
 * exist.
 *
 * <p>{@code -Dseed=} repeats the random decisions, but not the timing of the machine.
 */
@Tag("aws")
class ChaosIT {

    private static final int INSTANCES = Integer.getInteger("chaos.instances", 200);
    private static final int EVENTS_EACH = Integer.getInteger("chaos.events", 10);
    private static final int KILLS = Integer.getInteger("chaos.kills", 10);
    private static final int REPLICAS = 3;
    private static final int FOREIGN = 3;

    /** Duration of events and faults; AWS fails for a minute of it. */
    private static final Duration BAD_TIME = Duration.ofSeconds(80);

    private static final Duration FIRST_KILL = Duration.ofSeconds(3);
    private static final Duration MAX_LULL = Duration.ofSeconds(6);

    private static final Duration FAULTS_BEGIN = Duration.ofSeconds(10);
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final int PHASES = 6;
    private static final int EDITS = 40;

    /** Duration of the last tenth of the messages, during which a new version is rolled out. */
    private static final Duration ROLL_OUT = Duration.ofSeconds(15);

    /** Time limit for recovery at the end. */
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    private static final List<String> SERVICES = List.of("sqs", "iam", "dynamodb");

    private final long seed = Optional.ofNullable(Long.getLong("seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);

    @Test
    void every_role_ends_as_its_events_say_and_no_message_is_lost(TestReporter reporter) {
        say(reporter, "seed " + seed + " (-Dseed=" + seed + " repeats it)");
        // Given
        Deployment deployment = Deployment.provision("VisibilityTimeout=10", "MaxReceiveCount=1000");
        InstanceLives lives = new InstanceLives(INSTANCES, EVENTS_EACH, random);
        ManualEditor manualEditor = new ManualEditor(new Random(random.nextLong()));
        manualEditor.occupy(lives.instances().stream().limit(FOREIGN).toList());
        Producer producer = new Producer(AwsTestClients.PLAIN_SQS, deployment);
        List<InstanceLives.Sending> sendings = lives.sendings();
        int most = sendings.size() * 9 / 10;
        Verdict verdict = new Verdict(lives, manualEditor, producer, deployment);
        Instant start = Instant.now();

        try (FaultyProxy aws = FaultyProxy.start(new Random(random.nextLong()));
                Replicas replicas = new Replicas(deployment, aws, REPLICAS);
                Schedule schedule = new Schedule(random)) {
            // When everything goes wrong while events come in
            schedule.over(BAD_TIME, batches(sendings.subList(0, most)), batch -> batch.send(producer));
            Random victims = new Random(random.nextLong());
            schedule.at(FIRST_KILL, () -> kill(replicas, victims));
            schedule.anywhereIn(BAD_TIME, EDITS, () -> manualEditor.editAny(List.copyOf(lives.instances())));
            phases().forEach(phase -> schedule.at(phase.begins(), () -> aws.enter(phase.trouble())));
            schedule.awaitEnd(BAD_TIME.multipliedBy(8));

            // And a new version is rolled out while the last ones do
            schedule.over(ROLL_OUT, batches(sendings.subList(most, sendings.size())), batch -> batch.send(producer));
            replicas.rollOver();
            schedule.awaitEnd(ROLL_OUT.multipliedBy(4));
            Duration sent = Duration.between(start, Instant.now());

            // Then all of it is done in the end
            producer.awaitQuiet(RECOVERY);
            awaitNothingIn(verdict::unsettled);
            awaitNothingIn(verdict::faults);
            say(
                    reporter,
                    String.format(
                            "seed %d: %d events of %d instances in %d messages, %d of them poison; %d kills, %d edits by hand, %s; all sent after %d s, all done after %d s: %d lost, %d extra",
                            seed,
                            lives.count(),
                            INSTANCES,
                            sendings.size(),
                            lives.poison().size(),
                            KILLS,
                            manualEditor.edits(),
                            aws.summary(),
                            sent.toSeconds(),
                            Duration.between(start, Instant.now()).toSeconds(),
                            verdict.lost().size(),
                            verdict.extra().size()));
        }
    }

    /** Writes a line to the report, and at once to the console. */
    private static void say(TestReporter reporter, String line) {
        reporter.publishEntry("chaos", line);
        System.out.println("chaos: " + line);
    }

    /** Waits for a random time between two kills, a few seconds at most. */
    private static void kill(Replicas replicas, Random victims) {
        for (int killed = 0; killed < KILLS; killed += replicas.killSome(victims)) {
            await().pollDelay(Duration.ofMillis(victims.nextLong(MAX_LULL.toMillis())))
                    .until(() -> true);
        }
    }

    /** Groups the messages by queue, ten at a time. */
    private static List<Batch> batches(List<InstanceLives.Sending> sendings) {
        List<Batch> batches = new ArrayList<>();
        Map<Inbox, List<String>> open = new EnumMap<>(Inbox.class);
        for (InstanceLives.Sending sending : sendings) {
            List<String> bodies = open.computeIfAbsent(sending.inbox(), inbox -> new ArrayList<>());
            bodies.add(sending.body());
            if (bodies.size() == Batch.MAX) {
                batches.add(new Batch(sending.inbox(), List.copyOf(bodies)));
                bodies.clear();
            }
        }
        open.forEach((inbox, bodies) -> batches.add(new Batch(inbox, List.copyOf(bodies))));
        return batches;
    }

    private record Batch(Inbox inbox, List<String> bodies) {

        static final int MAX = 10;

        void send(Producer producer) {
            producer.queue(inbox).sendAll(bodies);
        }
    }

    /**
     * Returns phases of some seconds for each kind of fault, in some of the services, for all or many of their calls.
     */
    private List<Begun> phases() {
        List<Begun> phases = new ArrayList<>();
        for (int i = 0; i < PHASES; i++) {
            boolean all = random.nextBoolean();
            List<Trouble> kinds = all ? List.of(any(List.of(Trouble.values()))) : List.of(Trouble.values());
            Set<String> services =
                    SERVICES.stream().filter(service -> random.nextBoolean()).collect(Collectors.toSet());
            services.add(any(SERVICES));
            phases.add(new Begun(FAULTS_BEGIN.plus(PHASE.multipliedBy(i)), new Phase(services, all ? 1 : 0.4, kinds)));
        }
        phases.add(new Begun(FAULTS_BEGIN.plus(PHASE.multipliedBy(PHASES)), Phase.CALM));
        return phases;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static void awaitNothingIn(Supplier<Collection<?>> rest) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(rest.get()).isEmpty());
    }

    private record Begun(Duration begins, Phase trouble) {}
}
