package dev.linkedrole.connect.check;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.checks.ModelChecks;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.MortalGate;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Amazon Connect, IAM and a ledger, in virtual time, with replicas that check. */
final class CheckWorld {

    private static final InstanceComparison COMPARISON = new InstanceComparison(Defaults.CATALOG);

    static final Duration EVERY = Duration.ofHours(1);

    final ManualTime time = new ManualTime();
    final ModelConnect connect = new ModelConnect(time);
    final ModelCloud cloud = new ModelCloud(false, time);
    final ModelChecks.Items checks = new ModelChecks.Items();
    final ModelLeases.ModelledLeases leases = new ModelLeases.ModelledLeases();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Set<String> unreachable = new HashSet<>();
    final List<ConnectLocation> configured = new ArrayList<>();
    Consumer<ModelRequest> beforeAnswer = request -> {};
    Duration every = EVERY;
    private int replicas;

    CheckWorld() {
        configured.add(location(Instance.ACCOUNT));
    }

    static ConnectLocation location(String account) {
        return new ConnectLocation(account, Instance.REGION);
    }

    /** Returns instances that Amazon Connect has, in the order of its list. */
    List<Instance> fleet(String account, int many) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Instance instance = Instance.randomIn(account);
            instances.add(instance);
            recordingIn(instance, "recordings");
        }
        instances.sort((one, other) -> one.id().compareTo(other.id()));
        return instances;
    }

    Instance one() {
        return fleet(Instance.ACCOUNT, 1).getFirst();
    }

    /** Sets the instance's bucket of recordings, without an event. */
    void recordingIn(Instance instance, String bucket) {
        connect.add(new ModelInstance(instance.arn())
                .storingInBucket("CALL_RECORDINGS", bucket, "calls")
                .attribute("CONTACTFLOW_LOGS", "false")
                .attribute("HIGH_VOLUME_OUTBOUND", "false"));
    }

    void send(RoleEvent event) {
        await(cloud.process().handler().handle(event, false));
    }

    LinkedRole role(Instance instance) {
        return cloud.process().record(instance).role();
    }

    boolean knows(Instance instance) {
        return await(cloud.process().ledger().load(instance.id())).isPresent();
    }

    /** True if the instance's role in IAM names a bucket. */
    boolean grants(Instance instance, String bucket) {
        return cloud.permissions(instance.roleName())
                .filter(permissions -> permissions.toString().contains("s3:::" + bucket))
                .isPresent();
    }

    CheckProgress progress() {
        return checks.all().getFirst();
    }

    double count(String meter) {
        return metrics.find("linked.role.check." + meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    double failures(String kind) {
        return metrics.counter("linked.role.check.failures", "kind", kind).count();
    }

    long requests(String operation) {
        return connect.requests().stream().filter(operation::equals).count();
    }

    CheckProcess process() {
        return process(CrashPlan.never());
    }

    CheckProcess process(CrashPlan plan) {
        ModelCloud.MortalProcess process = cloud.process(plan);
        VirtualReplica replica = new VirtualReplica(time, new InProcessConnect(this::answer), RequestRate.DEFAULT);
        MortalGate gate = new MortalGate(plan);
        LocationWalk walk = new LocationWalk(
                new Reachable(replica.locations(), unreachable),
                new ModelLeases(leases, gate, "replica-" + replicas++),
                time,
                time,
                time.retry(0.5));
        CheckPeriod period = new CheckPeriod(every);
        return new CheckProcess(
                this,
                new ConnectCheck(
                        new ModelChecks(checks, gate),
                        new CheckLocations(
                                () -> Uni.createFrom().item(List.copyOf(configured)), process.ledger(), time, period),
                        walk,
                        new InstanceRecorder(
                                () -> COMPARISON,
                                process.ledger(),
                                process.handler(),
                                new RecordedFacts(
                                        process.ledger(),
                                        new ModelAssociations(),
                                        CircuitBreaker.alwaysClosed(time.retry(0.5)))),
                        process.ledger(),
                        new CheckMetrics(metrics),
                        period,
                        time,
                        time));
    }

    private ModelAnswer answer(ModelRequest request) {
        beforeAnswer.accept(request);
        return connect.answer(request);
    }

    /** A replica with its schedule. */
    record CheckProcess(CheckWorld world, ConnectCheck check) {

        /** Looks for work as long as some time passes. */
        CheckProcess during(Duration time) {
            for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(check.look())) {
                check.work().subscribe().with(done -> {}, failure -> {});
                world.time.pass(check.look());
            }
            return this;
        }

        /** Lets a whole walk begin and end. */
        CheckProcess aPeriod() {
            return during(world.every.plus(check.look()));
        }

        void stop() {
            assertThat(check.stop()).isCompleted();
        }
    }

    /** Locations of which some accounts have no role. */
    private record Reachable(ConnectLocations all, Set<String> unreachable) implements ConnectLocations {
        @Override
        public <T> Uni<T> in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
            return unreachable.contains(location.account())
                    ? Uni.createFrom().failure(new ConnectCallException(Kind.UNREACHABLE, "no role is configured"))
                    : all.in(location, work);
        }
    }
}
