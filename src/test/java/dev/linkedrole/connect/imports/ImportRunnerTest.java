package dev.linkedrole.connect.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.ledger.imports.LocationProgress.State;
import dev.linkedrole.ledger.imports.ModelImports;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.MortalGate;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ServiceParts;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Imports from the model of Amazon Connect into roles of the model of IAM, in virtual time. */
class ImportRunnerTest {

    private static final String OTHER_ACCOUNT = "444455556666";
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String BUCKET = "arn:aws:s3:::recordings/calls";

    private static final String TRUST_IN_EC2 = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}]}""";

    private final World world = new World();

    @Test
    void an_import_makes_the_roles_of_all_instances() {
        // Given
        List<Instance> instances = world.fleet(Instance.ACCOUNT, 12);
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
        instances.forEach(instance -> {
            assertThat(world.record(instance).role().live()).isTrue();
            assertThat(world.cloud.permissions(instance.roleName()))
                    .hasValueSatisfying(
                            permissions -> assertThat(permissions.toString()).contains("s3:::recordings"));
        });
        LocationProgress progress = world.progress(request).getFirst();
        assertThat(progress.state()).isEqualTo(State.DONE);
        assertThat(progress.counts()).isEqualTo(new Counts(Optional.of(12L), 12, 12, 24, 0, 12));
        assertThat(progress.begunAt()).isPresent();
        assertThat(progress.endedAt()).isPresent();
        assertThat(world.findings(request).getFirst())
                .isEqualTo(new Finding(
                        location(Instance.ACCOUNT),
                        instances.getFirst().arn().toString(),
                        List.of(
                                "instance-created " + alias(instances.getFirst()),
                                "feature-enabled call-recordings " + BUCKET),
                        List.of()));

        // And a second import finds nothing more
        ImportRecord again = world.request(false, Instance.ACCOUNT);
        world.process().untilEnded(again);
        assertThat(world.progress(again).getFirst().counts()).isEqualTo(new Counts(Optional.of(12L), 12, 0, 0, 0, 0));
        assertThat(world.findings(again)).isEmpty();
    }

    @Test
    void a_dry_run_tells_what_would_be_recorded_and_records_nothing() {
        List<Instance> instances = world.fleet(Instance.ACCOUNT, 2);
        ImportRecord request = world.request(true, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(await(world.ledger().all())).isEmpty();
        assertThat(world.cloud.roles()).isEmpty();
        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(2L), 2, 2, 4, 0, 2));
        assertThat(world.findings(request))
                .extracting(Finding::subject)
                .containsExactlyElementsOf(
                        instances.stream().map(each -> each.arn().toString()).toList());
    }

    @Test
    void many_accounts_take_hardly_more_time_than_the_rate_allows_one() {
        // Given
        List<String> accounts =
                IntStream.range(0, 10).mapToObj(i -> "11112222333" + i).toList();
        accounts.forEach(account -> world.fleet(account, 40));
        world.connect.limitRate();
        ImportRecord request = world.request(false, accounts.toArray(String[]::new));

        // When
        world.process().untilEnded(request);

        // Then
        long requests = 4 + 40L * world.scope().requests();
        assertThat(Duration.between(request.requestedAt(), world.time.instant()))
                .isLessThan(RequestRate.DEFAULT.time(requests * 11 / 10));
        assertThat(world.connect.throttled()).isZero();
        assertThat(world.progress(request))
                .hasSize(10)
                .allSatisfy(progress ->
                        assertThat(progress.counts()).isEqualTo(new Counts(Optional.of(40L), 40, 40, 80, 0, 40)));
    }

    @Test
    void the_instances_are_counted_before_the_first_is_read() {
        world.fleet(Instance.ACCOUNT, 30);
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportProcess process = world.process();

        process.work();
        world.time.pass(Duration.ofSeconds(4));

        Counts counts = world.progress(request).getFirst().counts();
        assertThat(counts.listed()).contains(30L);
        assertThat(counts.read()).isZero();
        process.stop();
    }

    @Test
    void an_account_that_is_not_reachable_fails_and_no_other_does() {
        // Given
        world.fleet(Instance.ACCOUNT, 3);
        world.fleet(OTHER_ACCOUNT, 3);
        world.unreachable = OTHER_ACCOUNT;
        ImportRecord request = world.request(true, Instance.ACCOUNT, OTHER_ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.FAILED);
        assertThat(world.progress(request))
                .extracting(LocationProgress::state)
                .containsExactly(State.DONE, State.FAILED);
        assertThat(world.progress(request).getFirst().counts().read()).isEqualTo(3);
        assertThat(world.progress(request).getLast().reason()).contains("no role is configured");
    }

    @Test
    void a_location_that_is_throttled_is_gone_on_with_later() {
        // Given
        world.fleet(Instance.ACCOUNT, 3);
        world.connect.answerNext(
                "DescribeInstance",
                IntStream.range(0, 5).mapToObj(i -> ModelAnswer.throttled()).toArray(ModelAnswer[]::new));
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportProcess process = world.process();

        // When
        process.until(() -> world.progress(request).stream().anyMatch(at -> at.state() == State.DELAYED));
        assertThat(world.progress(request).getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("DescribeInstance"));
        process.untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
        assertThat(world.progress(request).getFirst().counts().read()).isEqualTo(3);
    }

    @Test
    void a_location_without_an_answer_for_hours_fails() {
        world.fleet(Instance.ACCOUNT, 1);
        world.throttleAll = true;
        ImportRecord request = world.request(true, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.state(request)).isEqualTo(ImportRecord.State.FAILED);
        assertThat(Duration.between(request.requestedAt(), world.time.instant()))
                .isBetween(ImportRunner.MAX_DELAY, ImportRunner.MAX_DELAY.plusHours(1));
    }

    @Test
    void what_could_not_be_read_is_told_and_why() {
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.connect.deny("ListIntegrationAssociations");
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.progress(request).getFirst().counts().unread()).isOne();
        assertThat(world.findings(request))
                .singleElement()
                .satisfies(finding -> assertThat(finding.notes())
                        .anySatisfy(note -> assertThat(note).contains("connect:ListIntegrationAssociations")));
    }

    @Test
    void an_instance_that_cannot_be_read_is_told_and_why() {
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.connect.deny("DescribeInstance");
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(1L), 1, 0, 0, 1, 1));
        assertThat(world.findings(request)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(instance.arn().toString());
            assertThat(finding.notes()).singleElement().asString().contains("connect:DescribeInstance");
        });
    }

    @Test
    void a_role_whose_name_is_taken_is_recorded_and_told() {
        // Given
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.cloud
                .administrator()
                .createRole(
                        r -> r.roleName(instance.roleName().value()).path("/").assumeRolePolicyDocument(TRUST_IN_EC2))
                .join();
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.findings(request).getFirst().notes())
                .singleElement()
                .asString()
                .contains("not in force", "RoleNameTaken");
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
    }

    @Test
    void a_role_that_iam_cannot_make_now_is_recorded_and_told() {
        // Given
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        ImportRecord request = world.request(false, Instance.ACCOUNT);
        Ledger ledger = world.ledger();
        EventHandler handler = new ServiceParts(
                        ledger, new Away(), Defaults.COMPILER, Duration.ZERO, world.time, world.time.retry(0.5))
                .handler();

        // When
        world.process(CrashPlan.never(), ledger, handler).untilEnded(request);

        // Then
        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.findings(request).getFirst().notes())
                .singleElement()
                .asString()
                .contains("not in force yet", "IAM is away");
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
    }

    @Test
    void an_import_ends_right_wherever_a_replica_dies() {
        CrashPlan.ofEveryCall(400, plan -> {
            // Given
            World dying = new World();
            List<Instance> instances = dying.fleet(Instance.ACCOUNT, 2);
            ImportRecord request = dying.request(false, Instance.ACCOUNT);
            ImportProcess first = dying.process(plan);
            first.until(() -> plan.died() || dying.state(request) != ImportRecord.State.RUNNING);

            // When
            dying.process().untilEnded(request);

            // Then
            assertThat(dying.state(request)).as(plan.toString()).isEqualTo(ImportRecord.State.DONE);
            assertThat(dying.progress(request).getFirst().counts().read()).isEqualTo(2);
            // And as the resync does, with a role that was not in force yet
            instances.forEach(instance ->
                    await(dying.cloud.process().operations(dying.time).reconcile(instance.id())));
            instances.forEach(instance -> assertThat(dying.cloud.permissions(instance.roleName()))
                    .as(plan.toString())
                    .hasValueSatisfying(
                            permissions -> assertThat(permissions.toString()).contains("s3:::recordings")));
        });
    }

    @Test
    void a_replica_that_stops_leaves_the_rest_to_another_at_once() {
        // Given
        world.fleet(Instance.ACCOUNT, 6);
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportProcess first = world.process();
        first.until(() ->
                world.progress(request).stream().anyMatch(at -> at.counts().read() == 2));

        // When
        first.stop();

        // Then
        ImportProcess second = world.process();
        second.work();
        world.time.pass(Duration.ofSeconds(8));
        assertThat(world.progress(request).getFirst().counts().read()).isBetween(3L, 5L);
        second.untilEnded(request);
        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(6L), 6, 6, 12, 0, 6));
    }

    private static ImportLocation location(String account) {
        return new ImportLocation(account, Instance.REGION);
    }

    private static String alias(Instance instance) {
        return "alias-" + instance.id().hex().substring(0, 8);
    }

    /** Amazon Connect, IAM and a ledger. */
    private static final class World {

        private final ManualTime time = new ManualTime();
        private final ModelConnect connect = new ModelConnect(time);
        private final ModelCloud cloud = new ModelCloud(false, time);
        private final ModelImports.Items items = new ModelImports.Items();
        private final ModelLeases.ModelledLeases leases = new ModelLeases.ModelledLeases();
        private final Imports imports = new ModelImports(items, new MortalGate(CrashPlan.never()));
        private String unreachable = "";
        private boolean throttleAll;
        private int replicas;
        private int requests;

        List<Instance> fleet(String account, int many) {
            List<Instance> instances = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Instance instance = Instance.randomIn(account);
                instances.add(instance);
                connect.add(new ModelInstance(instance.arn())
                        .storingInBucket("CALL_RECORDINGS", "recordings", "calls")
                        .attribute("CONTACTFLOW_LOGS", "false")
                        .attribute("HIGH_VOLUME_OUTBOUND", "false"));
            }
            instances.sort((one, other) -> one.id().value().compareTo(other.id().value()));
            return instances;
        }

        ImportRecord request(boolean dryRun, String... accounts) {
            ImportRecord request = ImportRecord.requested(
                    "import-" + requests++,
                    time.instant(),
                    Arrays.stream(accounts).map(ImportRunnerTest::location).toList(),
                    dryRun);
            await(imports.add(request));
            return request;
        }

        ReadScope scope() {
            return new InstanceComparison(Defaults.CATALOG).scope();
        }

        Ledger ledger() {
            return cloud.process().ledger();
        }

        RoleRecord record(Instance instance) {
            return cloud.process().record(instance);
        }

        ImportProcess process() {
            return process(CrashPlan.never());
        }

        ImportProcess process(CrashPlan plan) {
            ModelCloud.MortalProcess process = cloud.process(plan);
            return process(plan, process.ledger(), process.handler());
        }

        ImportProcess process(CrashPlan plan, Ledger ledger, EventHandler handler) {
            VirtualReplica replica = new VirtualReplica(
                    time,
                    new InProcessConnect(request -> throttleAll ? ModelAnswer.throttled() : connect.answer(request)),
                    RequestRate.DEFAULT);
            MortalGate gate = new MortalGate(plan);
            LocationWalk walk = new LocationWalk(
                    new Reachable(replica.locations(), () -> unreachable),
                    new ModelLeases(leases, gate, "replica-" + replicas++),
                    time,
                    time,
                    time.retry(0.5));
            return new ImportProcess(
                    this,
                    new ImportRunner(
                            new ModelImports(items, gate),
                            walk,
                            new InstanceRecorder(new InstanceComparison(Defaults.CATALOG), ledger, handler),
                            new ImportMetrics(new SimpleMeterRegistry(), replica.pacer()),
                            time,
                            time,
                            time.retry(0.5)));
        }

        ImportRecord.State state(ImportRecord request) {
            return await(imports.get(request.id())).orElseThrow().state();
        }

        List<LocationProgress> progress(ImportRecord request) {
            return await(imports.progress(request.id()));
        }

        List<Finding> findings(ImportRecord request) {
            return await(imports.findings(request.id(), Optional.empty(), 100)).findings();
        }
    }

    /** A replica with its schedule. */
    private record ImportProcess(World world, ImportRunner runner) {

        void work() {
            runner.work().subscribe().with(done -> {}, failure -> {});
        }

        void until(Supplier<Boolean> reached) {
            for (int tick = 0; !reached.get(); tick++) {
                assertThat(tick).isLessThan(10_000);
                work();
                world.time.pass(TICK);
            }
        }

        void untilEnded(ImportRecord request) {
            until(() -> world.state(request) != ImportRecord.State.RUNNING);
        }

        void stop() {
            assertThat(runner.stop()).isCompleted();
        }
    }

    /** Locations of which one account has no role. */
    private record Reachable(ConnectLocations all, Supplier<String> unreachable) implements ConnectLocations {
        @Override
        public <T> Uni<T> in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
            return location.account().equals(unreachable.get())
                    ? Uni.createFrom().failure(new ConnectCallException(Kind.UNREACHABLE, "no role is configured"))
                    : all.in(location, work);
        }
    }

    /** Accounts whose IAM does not answer. */
    private record Away() implements Accounts {

        @Override
        public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
            return Uni.createFrom().failure(new IamCallException(IamCallException.Kind.TRANSIENT, "IAM is away"));
        }

        @Override
        public Optional<String> objection(InstanceArn instance) {
            return Optional.empty();
        }

        @Override
        public boolean stalled(InstanceArn instance) {
            return false;
        }
    }
}
