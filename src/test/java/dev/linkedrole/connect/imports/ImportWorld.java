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
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.ModelImports;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.MortalGate;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Amazon Connect, IAM and a ledger, for imports in virtual time. */
final class ImportWorld {

    private static final InstanceComparison COMPARISON = new InstanceComparison(Defaults.CATALOG);

    private static final Duration TICK = Duration.ofSeconds(10);

    final ManualTime time = new ManualTime();
    final ModelConnect connect = new ModelConnect(time);
    final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelImports.Items items = new ModelImports.Items();
    private final ModelLeases.ModelledLeases leases = new ModelLeases.ModelledLeases();
    private final Imports imports = new ModelImports(items, new MortalGate(CrashPlan.never()));
    String unreachable = "";

    /** Answers a request in the place of Amazon Connect. */
    Function<ModelRequest, Optional<ModelAnswer>> instead = request -> Optional.empty();

    final ModelAssociations associations = new ModelAssociations();
    private int replicas;
    private int requests;

    List<Instance> fleet(String account, int many) {
        return fleet(account, many, instance -> {});
    }

    /** Adds instances to an account. */
    List<Instance> fleet(String account, int many, Consumer<ModelInstance> more) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Instance instance = Instance.randomIn(account);
            instances.add(instance);
            ModelInstance model = new ModelInstance(instance.arn())
                    .storingInBucket("CALL_RECORDINGS", "recordings", "calls")
                    .attribute("CONTACTFLOW_LOGS", "false")
                    .attribute("HIGH_VOLUME_OUTBOUND", "false");
            more.accept(model);
            connect.add(model);
        }
        instances.sort((one, other) -> one.id().value().compareTo(other.id().value()));
        return instances;
    }

    ImportRecord request(boolean dryRun, String... accounts) {
        ImportRecord request = ImportRecord.requested(
                "import-" + requests++,
                time.instant(),
                Arrays.stream(accounts).map(ImportWorld::location).toList(),
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
                new InProcessConnect(request -> instead.apply(request).orElseGet(() -> connect.answer(request))),
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
                        new InstanceRecorder(
                                () -> COMPARISON,
                                ledger,
                                handler,
                                new RecordedFacts(ledger, associations, CircuitBreaker.alwaysClosed(time.retry(0.5)))),
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

    static ImportLocation location(String account) {
        return new ImportLocation(account, Instance.REGION);
    }

    /** A replica with its schedule. */
    record ImportProcess(ImportWorld world, ImportRunner runner) {

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
}
