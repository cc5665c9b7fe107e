package dev.linkedrole.simulation.world;

import dev.linkedrole.intake.OfflineIntake;
import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.DefaultLimits;
import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverCounts;
import dev.linkedrole.intake.consumer.ReceiverLimits;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.ledger.LedgerException;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.guard.Derived;
import dev.linkedrole.reconcile.guard.SettingsGuard;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.PlantedDeliveries;
import dev.linkedrole.simulation.races.RaceParts;
import dev.linkedrole.testing.Defaults;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of the service: it consumes messages and resyncs until it dies, and then starts again. */
public final class SimulatedReplica {

    private static final int MAX_INSTANCES_AT_ONCE = 16;

    /** Shutdown timeout of the default configuration. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** Interval of the ledger watch, as in the service. */
    private static final Duration WATCHED_EVERY = Duration.ofSeconds(10);

    private final World world;
    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final Defect defect;
    private final FurtherWork further;
    private final CrashingProcess fate;
    private final int number;
    private int starts;
    private int stops;
    private boolean down;
    private @Nullable Incarnation now;

    public SimulatedReplica(World world, Cloud cloud, Setting setting, Safety safety, Defect defect, int number) {
        this(world, cloud, setting, safety, defect, number, (process, wire, parts) -> () -> {});
    }

    /** @param further what it does beside the intake and the resync */
    public SimulatedReplica(
            World world, Cloud cloud, Setting setting, Safety safety, Defect defect, int number, FurtherWork further) {
        this.further = further;
        this.world = world;
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
        this.defect = defect;
        this.number = number;
        this.fate = new CrashingProcess("fate", world.time, Duration.ZERO);
    }

    public void start() {
        if (down) {
            return;
        }
        starts++;
        CrashingProcess process = new CrashingProcess("r" + number + "." + starts, world.time, world.clocks.any());
        world.trace.say(process, "starts");
        now = new Incarnation(process);
        now.begin();
    }

    /** Number of orderly stops. */
    public int stops() {
        return stops;
    }

    /** Stops the replica in an orderly way, if it runs, and starts it again. */
    public void restart() {
        if (now != null) {
            now.stop();
        }
    }

    /** Kills the replica, if it runs. */
    public void crashNow() {
        if (now != null && now.process.lives()) {
            now.crash();
        }
    }

    /** Ends the replica, which stays down until it is started. */
    public void shutDown() {
        down = true;
        crashNow();
    }

    public void startUp() {
        down = false;
        start();
    }

    /** Runs an operation of an operator; the replica is running, since there are no faults. */
    public void operate(Function<RaceParts, Uni<?>> work) {
        if (now != null) {
            now.operate(work);
        }
    }

    private void startLater() {
        world.time.in(world.chance.between(Duration.ofSeconds(1), Duration.ofSeconds(20)), fate, this::start);
    }

    /** A replica between its start and its death. */
    private final class Incarnation {

        private final CrashingProcess process;
        private final Network network;
        private final RaceParts workings;
        private final BatchHandler intake;
        private final RemoteQueue queue;
        private final Receiver receiver;
        private boolean stopping;
        private Runnable endOfFurther = () -> {};

        Incarnation(CrashingProcess process) {
            this.process = process;
            this.network = new Network(world, process, safety, this::crash);
            this.workings = RaceParts.of(
                    world,
                    cloud,
                    new RoleRules(setting.catalog(starts), setting.roles(starts)),
                    setting.resetting(),
                    safety,
                    defect,
                    process,
                    network,
                    new EventHandler.Limits(1 + world.chance.below(MAX_INSTANCES_AT_ONCE), Duration.ofMillis(500)),
                    this::store);
            MessageDecoder decoder = decoder(Defaults.CATALOG);
            this.intake = OfflineIntake.of(
                    workings.guard().map(this::decoders).orElseGet(() -> () -> decoder),
                    workings.handler(),
                    workings.facts(),
                    workings.rejectedEvents(),
                    setting.telling());
            this.queue = new RemoteQueue(world, process, network, cloud.queue);
            this.receiver = new Receiver(
                    queue,
                    this::handle,
                    limits(),
                    workings.retry(),
                    process.steady(),
                    ReceiverCounts.NONE,
                    workings.store());
        }

        private MessageDecoder decoder(FeatureCatalog catalog) {
            return new MessageDecoder(catalog, Defaults.tolerance(process.clock()));
        }

        /** Returns the decoder by the catalog in force, as the service has it. */
        private Supplier<MessageDecoder> decoders(SettingsGuard guard) {
            Derived<MessageDecoder> decoders = new Derived<>(guard::rules, rules -> decoder(rules.catalog()));
            return () -> {
                guard.requireRead();
                return decoders.get();
            };
        }

        private CircuitBreaker store(Retry retry) {
            Supplier<Uni<Void>> probe = () -> Uni.createFrom()
                    .completionStage(() -> network.call(ModelService.LEDGER, "Probe", () -> true))
                    .replaceWithVoid();
            return new CircuitBreaker("The ledger", LedgerException::concernsLedger, probe, retry);
        }

        private void crash() {
            process.die();
            queue.abandon();
            startLater();
        }

        /** Stops as the service does. */
        void stop() {
            if (stopping || !process.lives()) {
                return;
            }
            stopping = true;
            world.trace.say(process, "is told to stop");
            endOfFurther.run();
            workings.coordinator().stop();
            receiver.stop(DRAIN).subscribe().with(done -> stopped());
            queue.stop();
            workings.handler().stop();
        }

        private void stopped() {
            world.trace.say(process, "has stopped");
            process.die();
            stops++;
            startLater();
        }

        void operate(Function<RaceParts, Uni<?>> work) {
            process.during(
                    "operator",
                    () -> work.apply(workings)
                            .subscribe()
                            .with(
                                    done -> {},
                                    failure ->
                                            world.trace.say(process, "the operator hears: " + failure.getMessage())));
        }

        void begin() {
            if (cloud.losesLedger()) {
                watch();
            }
            workings.guard()
                    .ifPresent(guard -> process.during(
                            "guard", () -> guard.start().subscribe().with(done -> {}, failure -> {})));
            receiver.start();
            endOfFurther = further.begin(process, network, workings);
            if (world.faultProfile().resync()) {
                nextRunIn(world.chance.between(
                        Duration.ofSeconds(5), workings.coordinator().tick()));
            }
        }

        /** Watches the ledger's table as the service does. */
        private void watch() {
            process.during(
                    "watch",
                    () -> workings.watch()
                            .check()
                            .subscribe()
                            .with(found -> world.time.in(WATCHED_EVERY, process, this::watch)));
        }

        private ReceiverLimits limits() {
            return new ReceiverLimits(
                    1 + world.chance.below(3),
                    1 + world.chance.below(DefaultLimits.LIMITS.maxInFlight()),
                    DefaultLimits.LIMITS.backoff(),
                    ReceiverLimits.DEFAULT_LINGER,
                    DefaultLimits.LIMITS.refresh());
        }

        private void handle(List<Delivery> batch) {
            intake.handle(batch.stream().map(this::planted).toList());
        }

        private Delivery planted(Delivery sound) {
            return switch (defect) {
                case DELETES_FIRST -> PlantedDeliveries.doneFirst(sound);
                case TRUSTS_LEDGER_ON_REDELIVERY -> PlantedDeliveries.first(sound);
                default -> sound;
            };
        }

        private void nextRunIn(Duration pause) {
            world.time.in(
                    pause,
                    process,
                    () -> process.during(
                            "resync",
                            () -> workings.coordinator()
                                    .work((instance, failure) -> world.trace.say(
                                            process, "resync of " + instance + " failed: " + failure.getMessage()))
                                    .subscribe()
                                    .with(
                                            shift -> nextRunIn(
                                                    workings.coordinator().tick()),
                                            failure -> {
                                                world.trace.say(process, "resync failed: " + failure.getMessage());
                                                nextRunIn(workings.coordinator().tick());
                                            })));
        }
    }
}
