package dev.linkedrole.connect.check;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.check.CheckWorld.CheckProcess;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check of the model of Amazon Connect, with roles in the model of IAM, in virtual time. */
class ConnectCheckTest {

    private static final String OTHER_ACCOUNT = "444455556666";
    private static final String DOMAIN = "arn:aws:profile:us-west-2:111122223333:domains/acme";
    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:newer";

    private final CheckWorld world = new CheckWorld();

    @AfterEach
    void nothing_was_asked_that_does_not_fit_the_api() {
        assertThat(world.connect.misfits()).isEmpty();
    }

    @Test
    void an_instance_that_no_event_told_of_gets_its_role() {
        Instance instance = world.one();

        world.process().aPeriod();

        assertThat(world.role(instance).live()).isTrue();
        assertThat(world.grants(instance, "recordings")).isTrue();
        assertThat(world.count("differences")).isEqualTo(2);
    }

    @Test
    void a_change_that_no_event_told_of_is_made_good_in_one_period() {
        // Given
        Instance instance = world.one();
        CheckProcess process = world.process().aPeriod();
        world.recordingIn(instance, "elsewhere");

        // When
        process.aPeriod();

        // Then
        assertThat(world.grants(instance, "elsewhere")).isTrue();
        assertThat(world.grants(instance, "recordings")).isFalse();
    }

    @Test
    void each_instance_is_compared_once_in_a_period_and_they_are_spread() {
        // Given
        world.fleet(Instance.ACCOUNT, 40);
        CheckProcess process = world.process();

        // When
        process.during(CheckWorld.EVERY.dividedBy(2));
        assertThat(world.requests("DescribeInstance")).isBetween(20L, 30L);
        process.during(CheckWorld.EVERY.dividedBy(2));

        // Then
        assertThat(world.requests("DescribeInstance")).isEqualTo(40);
        assertThat(world.count("instances")).isEqualTo(40);
        assertThat(world.progress().ended()).isTrue();

        // And the next walk begins with the next period
        process.during(CheckWorld.EVERY);
        assertThat(world.requests("DescribeInstance")).isEqualTo(80);
    }

    @Test
    void another_replica_goes_on_where_one_stopped() {
        // Given
        world.fleet(Instance.ACCOUNT, 40);
        CheckProcess first = world.process().during(Duration.ofMinutes(20));
        first.stop();
        long before = world.requests("DescribeInstance");

        // When
        world.process().during(Duration.ofMinutes(40));

        // Then
        assertThat(before).isGreaterThan(10);
        assertThat(world.requests("DescribeInstance")).isBetween(40L, 41L);
        assertThat(world.progress().ended()).isTrue();
        first.during(CheckWorld.EVERY);
        assertThat(world.requests("DescribeInstance")).isBetween(40L, 41L);
    }

    @Test
    void two_replicas_compare_no_instance_twice() {
        world.fleet(Instance.ACCOUNT, 12);
        CheckProcess other = world.process();
        CheckProcess process = world.process();

        for (int i = 0; i < 40; i++) {
            other.check().work().subscribe().with(done -> {}, failure -> {});
            process.during(process.check().look());
        }

        assertThat(world.requests("DescribeInstance")).isEqualTo(12);
    }

    @Test
    void locations_of_recorded_roles_are_checked_without_being_configured() {
        Instance instance = world.one();
        world.configured.clear();
        world.send(instance.created(-3_600));

        world.process().aPeriod();

        assertThat(world.grants(instance, "recordings")).isTrue();
    }

    @Test
    void a_role_whose_instance_is_gone_is_deleted() {
        Instance gone = Instance.random();
        world.one();
        world.send(gone.created(-3_600));
        assertThat(world.cloud.permissions(gone.roleName())).isPresent();

        world.process().aPeriod();

        assertThat(world.role(gone).deleted()).isTrue();
        assertThat(world.cloud.permissions(gone.roleName())).isEmpty();
    }

    @Test
    void an_instance_that_only_the_list_lacks_keeps_its_role() {
        Instance listed = world.one();
        CheckProcess process = world.process().aPeriod();
        world.connect.answerNext("ListInstances", ModelAnswer.error(500, "InternalServiceException", "broken"));
        world.connect.answerNext(
                "ListInstances",
                new ModelAnswer(200, Map.of("Content-Type", "application/json"), "{\"InstanceSummaryList\":[]}"));

        process.aPeriod();

        assertThat(world.role(listed).live()).isTrue();
    }

    @Test
    void what_cannot_be_asked_about_is_not_taken_for_gone() {
        Map<String, ModelAnswer> answers = Map.of(
                "denied", ModelAnswer.error(403, "AccessDeniedException", "no"),
                "unavailable", ModelAnswer.error(500, "InternalServiceException", "broken"),
                "throttled", ModelAnswer.throttled(),
                "malformed", new ModelAnswer(200, Map.of("Content-Type", "application/json"), "{}"));
        answers.forEach((kind, answer) -> {
            // Given
            CheckWorld failing = new CheckWorld();
            Instance gone = Instance.random();
            failing.send(gone.created(-3_600));
            ModelAnswer[] asOftenAsItIsTried =
                    IntStream.range(0, 5).mapToObj(i -> answer).toArray(ModelAnswer[]::new);
            failing.connect.answerNext("DescribeInstance", asOftenAsItIsTried);

            // When
            CheckProcess process = failing.process();
            process.during(process.check().look());
            process.stop();

            // Then
            assertThat(failing.role(gone).live()).as(kind).isTrue();
            assertThat(failing.failures(kind)).as(kind).isPositive();
        });
    }

    @Test
    void a_list_that_cannot_be_read_whole_tells_of_no_absence() {
        Instance gone = Instance.random();
        world.send(gone.created(-3_600));
        world.connect.answerNext(
                "ListInstances",
                new ModelAnswer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"InstanceSummaryList\":[{\"Arn\":\"nonsense\"}]}"));

        CheckProcess process = world.process();
        process.during(process.check().look());

        assertThat(world.role(gone).live()).isTrue();
        assertThat(world.requests("DescribeInstance")).isZero();
    }

    @Test
    void a_location_that_denies_its_list_loses_no_role() {
        Instance gone = Instance.random();
        world.send(gone.created(-3_600));
        world.connect.deny("ListInstances");

        world.process().aPeriod();

        assertThat(world.role(gone).live()).isTrue();
        assertThat(world.failures("denied")).isGreaterThan(10);
    }

    @Test
    void an_event_newer_than_the_reading_wins() {
        // Given
        Instance instance = world.one();
        world.send(instance.created(-3_600));
        world.beforeAnswer = request -> {
            if (request.path().endsWith("/attributes")) {
                world.send(new RoleEvent.FeatureEnabled(
                        new EventId("newer", "acme"), instance.arn(), world.time.instant(), "lex-bots", Set.of(BOT)));
                world.beforeAnswer = later -> {};
            }
        };

        // When
        CheckProcess process = world.process();
        process.during(Duration.ofMinutes(2));

        // Then
        assertThat(world.role(instance).enabled()).contains(Grant.of("lex-bots", BOT));
        assertThat(world.grants(instance, "recordings")).isTrue();
    }

    @Test
    void features_that_other_producers_speak_for_are_left_alone() {
        Instance instance = world.one();
        world.send(instance.created(-3_600));
        world.send(instance.enabled(-60, "customer-profiles", DOMAIN));
        world.send(instance.enabled(-60, "lex-bots", BOT));

        world.process().aPeriod();

        assertThat(world.role(instance).enabled())
                .contains(Grant.of("customer-profiles", DOMAIN))
                .doesNotContain(Grant.of("lex-bots", BOT));
    }

    @Test
    void a_setting_that_was_not_read_disables_nothing() {
        Instance instance = world.one();
        world.send(instance.created(-3_600));
        world.send(instance.enabled(-60, "lex-bots", BOT));
        world.connect.deny("ListBots");

        world.process().aPeriod();

        assertThat(world.role(instance).enabled()).contains(Grant.of("lex-bots", BOT));
        assertThat(world.failures("denied")).isOne();
    }

    @Test
    void a_location_that_cannot_be_read_keeps_no_other_from_being_checked() {
        // Given
        Instance instance = world.one();
        Instance other = world.fleet(OTHER_ACCOUNT, 1).getFirst();
        world.configured.add(CheckWorld.location(OTHER_ACCOUNT));
        world.unreachable.add(OTHER_ACCOUNT);

        // When
        try (LogLines log = LogLines.of(CheckTurn.class)) {
            CheckProcess process = world.process();
            for (int period = 0; period < 3; period++) {
                process.during(CheckWorld.EVERY);
            }

            // Then
            assertThat(log.lines().stream().filter(line -> line.contains("no role is configured")))
                    .hasSizeBetween(3, 4);
        }
        assertThat(world.failures("unreachable")).isGreaterThan(100);
        assertThat(world.grants(instance, "recordings")).isTrue();
        assertThat(world.knows(other)).isFalse();

        // And it is checked once it can be read
        world.unreachable.clear();
        world.process().aPeriod();
        assertThat(world.grants(other, "recordings")).isTrue();
    }

    @Test
    void a_location_that_another_reads_is_checked_later() {
        // Given
        Instance instance = world.one();
        ConnectLocation location = CheckWorld.location(Instance.ACCOUNT);
        ModelLeases other = new ModelLeases(world.leases, new Prompt(), "other");
        await(other.take(location.lease(), Lease.UNKNOWN, world.time.instant()));
        CheckProcess process = world.process();

        // When
        for (int i = 0; i < 5; i++) {
            process.during(process.check().look().dividedBy(2));
            await(other.keep(location.lease(), world.time.instant()));
        }
        assertThat(world.connect.requests()).isEmpty();
        await(other.leave(location.lease()));
        process.aPeriod();

        // Then
        assertThat(world.grants(instance, "recordings")).isTrue();
    }

    @Test
    void a_turn_ends_once_its_lease_is_lost() {
        // Given
        world.fleet(Instance.ACCOUNT, 400);
        ConnectLocation location = CheckWorld.location(Instance.ACCOUNT);
        CheckProcess process = world.process().during(Duration.ofMinutes(5));
        ModelLeases other = new ModelLeases(world.leases, new Prompt(), "other");
        Lease seen = Objects.requireNonNull(
                await(other.all(List.of(location.lease()))).get(location.lease()));

        // When
        await(other.take(location.lease(), seen, world.time.instant()));
        world.time.pass(Duration.ofSeconds(20));
        int requests = world.connect.requests().size();
        world.time.pass(Duration.ofMinutes(2));

        // Then
        assertThat(world.connect.requests()).hasSize(requests);
        process.stop();
    }

    @Test
    void a_walk_that_takes_longer_than_a_period_goes_on_to_its_end() {
        world.every = Duration.ofMinutes(4);
        world.fleet(Instance.ACCOUNT, 60);

        try (LogLines log = LogLines.of(CheckTurn.class)) {
            world.process().during(Duration.ofMinutes(7));

            assertThat(log.lines().stream().filter(line -> line.contains("is too low")))
                    .isNotEmpty();
        }
        assertThat(world.requests("DescribeInstance")).isGreaterThanOrEqualTo(60);
    }

    @Test
    void a_check_ends_right_wherever_a_replica_dies() {
        CrashPlan.ofEveryCall(400, plan -> {
            // Given
            CheckWorld dying = new CheckWorld();
            List<Instance> instances = dying.fleet(Instance.ACCOUNT, 1);
            Instance gone = Instance.random();
            dying.send(gone.created(-3_600));
            dying.process(plan).aPeriod();

            // When
            dying.process().aPeriod();

            // Then, and as the resync does, with a role that was not in force yet
            instances.forEach(instance -> {
                await(dying.cloud.process().operations(dying.time).reconcile(instance.id()));
                assertThat(dying.grants(instance, "recordings"))
                        .as(plan.toString())
                        .isTrue();
            });
            assertThat(dying.role(gone).deleted()).as(plan.toString()).isTrue();
        });
    }

    @Test
    void what_was_found_is_one_line_of_each_turn_and_nothing_is_none() {
        world.one();
        try (LogLines log = LogLines.of(CheckTurn.class)) {
            CheckProcess process = world.process();
            process.aPeriod();
            assertThat(log.lines()).singleElement().asString().contains("has recorded");

            process.aPeriod();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void an_instance_that_is_deleted_during_a_walk_is_found_by_the_next() {
        Instance instance = world.one();
        world.send(instance.created(-3_600));
        world.connect.answerInPagesOf(1);
        world.fleet(Instance.ACCOUNT, 3);
        CheckProcess process = world.process().during(Duration.ofMinutes(20));
        world.connect.remove(instance.arn());
        world.connect.add(new ModelInstance(Instance.random().arn()));

        process.aPeriod();

        assertThat(world.progress().through()).isPositive();
        process.aPeriod();
        assertThat(world.role(instance).deleted()).isTrue();
    }

    /** Answers at once. */
    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }
}
