package dev.linkedrole.simulation.connect;

import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.check.CheckLocations;
import dev.linkedrole.connect.check.CheckMetrics;
import dev.linkedrole.connect.check.CheckPeriod;
import dev.linkedrole.connect.check.ConnectCheck;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.connect.imports.ImportMetrics;
import dev.linkedrole.connect.imports.ImportRunner;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.checks.ModelChecks;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.ModelImports;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.races.RaceParts;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.HistoryRows;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.ModelService;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SimulatedReplica;
import dev.linkedrole.simulation.world.Wire;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Permission;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Simulation of a fleet whose producer is Amazon Connect: its settings change by calls, whose records CloudTrail
 * delivers late, twice and in any order, to replicas with the check, which die; an import is in the middle.
 *
 * <p>In one half of the seeds three of ten records are lost, and in the end every role has to be as Amazon Connect says,
 * once the check has gone round. In the other half none is lost and the check ends with the faults: it must have undone
 * nothing that is newer than what it read.
 */
public final class ConnectSimulation {

    private static final Duration STORM = Duration.ofMinutes(12);
    private static final Duration LATEST = Duration.ofMinutes(3);
    private static final Duration EVERY = Duration.ofMinutes(6);
    private static final Duration CALM = Duration.ofMinutes(30);
    private static final Duration IMPORT_LOOK = Duration.ofSeconds(10);
    private static final Duration CHECK_LOOK = Duration.ofSeconds(15);

    /** One for all processes, since it takes long to make. */
    private static final InstanceComparison COMPARISON = new InstanceComparison(Defaults.CATALOG);

    private static final double LOST = 0.3;
    private static final double DOUBLED = 0.3;

    private final long seed;
    private final World world;
    private final boolean losing;
    private final Defect defect;
    private final Setting setting;
    private final Cloud cloud;
    private final Safety safety;
    private final CrashingProcess stage;
    private final SortedMap<InstanceId, FleetInstance> fleet = new TreeMap<>();
    private final ModelChecks.Items checks = new ModelChecks.Items();
    private final ModelImports.Items imports = new ModelImports.Items();
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private boolean checking = true;

    public ConnectSimulation(long seed, Defect defect, boolean traced) {
        this.seed = seed;
        this.losing = seed % 2 == 0;
        this.defect = defect;
        this.world = new World(seed, traced, true);
        world.change(world.faultProfile().resyncing());
        this.stage = new CrashingProcess("stage", world.time, Duration.ZERO);
        List<InstanceLife> lives = new ArrayList<>();
        for (int i = world.chance.below(4); i < 4; i++) {
            lives.add(new InstanceLife(arn(i), List.of()));
        }
        this.setting = new Setting(false, false, false, false, 2 + world.chance.below(2), lives);
        this.cloud = new Cloud(world, setting);
        this.safety = new Safety(
                world,
                cloud,
                setting,
                body -> Optional.empty(),
                life -> cloud.table.contents(life.instance().id()));
        for (int i = 1; i <= setting.replicas(); i++) {
            replicas.add(new SimulatedReplica(world, cloud, setting, safety, defect, i, this::further));
        }
    }

    public static Verdict of(long seed) {
        return new ConnectSimulation(seed, Defect.NONE, false).run();
    }

    private InstanceArn arn(int number) {
        String id = String.format(
                Locale.ROOT, "%04x%04x-0000-4000-8000-%012x", world.chance.below(0x10000), number, number);
        return new InstanceArn("aws", "connect", Instance.REGION, Instance.ACCOUNT, new InstanceId(id));
    }

    public Verdict run() {
        Optional<String> failure = Optional.empty();
        try {
            play();
        } catch (FoundException found) {
            failure = Optional.of(String.valueOf(found.getMessage()));
        } catch (RuntimeException | Error broken) {
            failure = Optional.of("it broke: " + broken);
            broken.printStackTrace();
        }
        return new Verdict(seed, failure, world.trace.digest(), world.time.steps(), world.trace.lines());
    }

    private void play() {
        setting.lives().forEach(this::plan);
        world.time.in(world.chance.between(Duration.ofMinutes(1), STORM), stage, this::requestImport);
        outages();
        replicas.forEach(SimulatedReplica::start);
        for (int i = world.chance.below(3); i > 0; i--) {
            SimulatedReplica replica = world.chance.oneOf(replicas);
            world.time.in(world.chance.between(Duration.ZERO, STORM), stage, replica::restart);
        }
        until(STORM);
        checking = losing;
        until(STORM.plus(LATEST));
        world.trace.say(stage, "from now on all is well");
        world.change(world.faultProfile().cleared());
        world.outages.end();
        until(STORM.plus(LATEST).plus(CALM.dividedBy(3)));
        cloud.queue.redrive();
        until(STORM.plus(LATEST).plus(CALM));
        require();
    }

    private void until(Duration sinceStart) {
        world.time.runUntil(sinceStart, this::requireSafety);
    }

    private void requireSafety() {
        safety.violation().ifPresent(violation -> {
            throw new FoundException(violation);
        });
    }

    /** Plans the calls of an instance's life, of which no two are in one second. */
    private void plan(InstanceLife life) {
        Instance instance = new Instance(life.instance());
        // Where nothing is lost, the calls follow closely on one another, until the check ends.
        int pace = losing ? 60 : 18;
        int second = losing ? world.chance.below(60) : 450 + world.chance.below(60);
        boolean old = losing && world.chance.hits(0.4);
        FleetInstance fresh = new FleetInstance(instance, world.time.instant().plusSeconds(old ? -86_400 : second));
        if (old) {
            fleet.put(instance.id(), fresh);
            for (int i = world.chance.below(4); i > 0; i--) {
                fresh.change(world.chance, world.time.instant(), true);
            }
        } else {
            at(second, () -> {
                fleet.put(instance.id(), fresh);
                deliver(fresh.creation(world.chance, now()));
            });
        }
        int most = losing ? 2 + world.chance.below(9) : Integer.MAX_VALUE;
        for (int i = 0; i < most && second < STORM.toSeconds() - 2L * pace; i++) {
            second += 2 + world.chance.below(pace);
            at(second, () -> deliver(fresh.change(world.chance, now(), losing)));
        }
        if (world.chance.hits(0.25)) {
            at(second + 2 + world.chance.below(30), () -> {
                fleet.remove(instance.id());
                deliver(fresh.deletion(world.chance, now()));
            });
        }
    }

    private Instant now() {
        return world.time.instant();
    }

    private void at(int second, Runnable call) {
        world.time.in(Duration.ofSeconds(second).plusMillis(world.chance.below(1_000)), stage, call);
    }

    private void deliver(String record) {
        if (losing && world.chance.hits(LOST)) {
            world.trace.say(stage, "a record is lost");
            return;
        }
        for (int i = world.chance.hits(DOUBLED) ? 2 : 1; i > 0; i--) {
            world.time.in(world.chance.between(Duration.ofSeconds(1), LATEST), stage, () -> cloud.queue.send(record));
        }
    }

    private void outages() {
        for (int i = 0; i < world.faultProfile().outages(); i++) {
            ModelService service = world.chance.oneOf(List.of(ModelService.values()));
            Duration length = world.chance.between(Duration.ofSeconds(5), Duration.ofMinutes(2));
            world.time.in(
                    world.chance.between(Duration.ZERO, STORM), stage, () -> world.outages.begin(service, length));
        }
    }

    private void requestImport() {
        var _ = new ModelImports(imports, new Prompt())
                .add(ImportRecord.requested(
                        "import", now(), List.of(new ImportLocation(Instance.ACCOUNT, Instance.REGION)), false))
                .subscribeAsCompletionStage();
    }

    /** Begins the check and the imports of a process. */
    private Runnable further(CrashingProcess process, Wire wire, RaceParts parts) {
        Retry retry = parts.retry();
        ConnectGateway gateway = new FleetGateway(world, fleet, wire, retry, defect);
        InstantSource readings = defect == Defect.TIMES_READING_AT_ITS_END
                ? () -> process.clock().instant().plusSeconds(60)
                : process.clock();
        LocationWalk walk =
                new LocationWalk(new OneLocation(gateway), parts.leases(), readings, process.steady(), retry);
        InstanceRecorder recorder =
                new InstanceRecorder(() -> COMPARISON, parts.ledger(), parts.handler(), parts.facts());
        CheckPeriod period = new CheckPeriod(losing ? EVERY : EVERY.dividedBy(3));
        ConnectCheck check = new ConnectCheck(
                new ModelChecks(checks, wire.toLedger()),
                new CheckLocations(
                        () -> Uni.createFrom().item(List.of(new ConnectLocation(Instance.ACCOUNT, Instance.REGION))),
                        parts.ledger(),
                        process.steady(),
                        period),
                walk,
                recorder,
                parts.ledger(),
                new CheckMetrics(new SimpleMeterRegistry()),
                period,
                process.clock(),
                process.steady());
        ImportRunner runner = new ImportRunner(
                new ModelImports(imports, wire.toLedger()),
                walk,
                recorder,
                new ImportMetrics(
                        new SimpleMeterRegistry(), new RequestPacer(RequestRate.DEFAULT, process.steady(), retry)),
                process.clock(),
                process.steady(),
                retry);
        repeat(process, IMPORT_LOOK, "import", runner::work);
        repeat(
                process,
                CHECK_LOOK,
                "check",
                () -> checking ? check.work() : Uni.createFrom().voidItem());
        return () -> {
            var _ = check.stop();
            var _ = runner.stop();
        };
    }

    private void repeat(CrashingProcess process, Duration every, String purpose, Supplier<Uni<Void>> work) {
        world.time.in(every, process, () -> {
            process.setPurpose(purpose);
            work.get()
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> world.trace.say(process, purpose + " failed: " + failure.getMessage()));
            repeat(process, every, purpose, work);
        });
    }

    private void require() {
        safety.look();
        requireSafety();
        List<String> wrong = new ArrayList<>();
        if (!cloud.queue.isEmpty()) {
            wrong.add(cloud.queue.size() + " messages are still in the queue");
        }
        setting.lives().forEach(life -> look(life, wrong));
        if (!wrong.isEmpty()) {
            wrong.forEach(line -> world.trace.say("LIVENESS", line));
            throw new FoundException(String.join("; ", wrong));
        }
    }

    private void look(InstanceLife life, List<String> wrong) {
        Optional<FleetInstance> there =
                Optional.ofNullable(fleet.get(life.instance().id()));
        Optional<SeenRole> role = cloud.iam.role(life.roleName().value());
        if (role.isPresent() != there.isPresent()) {
            wrong.add("the role " + life.roleName() + (there.isPresent() ? " is missing" : " is there"));
        } else if (there.isPresent()) {
            Set<Permission> actual = safety.permissions(life);
            Set<Permission> expected = HistoryRows.of(there.get().grants());
            if (!actual.equals(expected)) {
                wrong.add("the role " + life.roleName() + " may do " + minus(actual, expected) + " too much and "
                        + minus(expected, actual) + " too little");
            }
        }
    }

    private static Set<Permission> minus(Set<Permission> these, Set<Permission> those) {
        Set<Permission> rest = new HashSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    /** The only account and region. */
    private record OneLocation(ConnectGateway gateway) implements ConnectLocations {
        @Override
        public <T> Uni<T> in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
            return Uni.createFrom().deferred(() -> work.apply(gateway));
        }
    }

    /** Answers at once. */
    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }

    /** Violation of a condition. */
    private static final class FoundException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FoundException(String what) {
            super(what, null, false, false);
        }
    }
}
