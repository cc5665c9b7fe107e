package dev.linkedrole.simulation;

import dev.linkedrole.intake.EventDecoder;
import dev.linkedrole.intake.OfflineIntake;
import dev.linkedrole.intake.queue.BatchHandler;
import dev.linkedrole.intake.queue.Delivery;
import dev.linkedrole.intake.queue.Receiver;
import dev.linkedrole.intake.queue.ReceiverCounts;
import dev.linkedrole.intake.queue.ReceiverLimits;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.testing.Defaults;
import java.time.Duration;
import java.util.List;

/** One of the service's processes: it consumes messages and resyncs until it dies, and then starts anew. */
final class SimulatedReplica {

    private static final int MOST_INSTANCES_AT_ONCE = 16;

    private final World world;
    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final Defect defect;
    private final MortalProcess fate;
    private final int number;
    private int starts;

    SimulatedReplica(World world, Cloud cloud, Setting setting, Safety safety, Defect defect, int number) {
        this.world = world;
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
        this.defect = defect;
        this.number = number;
        this.fate = new MortalProcess("fate", world.time, Duration.ZERO);
    }

    void start() {
        starts++;
        MortalProcess process = new MortalProcess("r" + number + "." + starts, world.time, world.clocks.any());
        world.trace.say(process, "starts");
        new Incarnation(process).begin();
    }

    private void crash(MortalProcess process) {
        process.die();
        world.time.in(world.chance.between(Duration.ofSeconds(1), Duration.ofSeconds(20)), fate, this::start);
    }

    /** What a replica is between two deaths. */
    private final class Incarnation {

        private final MortalProcess process;
        private final Network network;
        private final Workings workings;
        private final BatchHandler intake;

        Incarnation(MortalProcess process) {
            this.process = process;
            this.network = new Network(world, process, safety, () -> crash(process));
            this.workings = Workings.of(
                    world,
                    cloud,
                    setting.roles(starts),
                    safety,
                    defect,
                    process,
                    network,
                    new EventHandler.Limits(1 + world.chance.below(MOST_INSTANCES_AT_ONCE), Duration.ofMillis(500)));
            this.intake = OfflineIntake.of(
                    new EventDecoder(Defaults.CATALOG, Defaults.tolerance(process.clock())),
                    workings.handler(),
                    workings.refusedEvents(),
                    setting.telling());
        }

        void begin() {
            RemoteQueue queue = new RemoteQueue(world, process, network, cloud.queue);
            new Receiver(queue, this::handle, limits(), workings.retry(), process.steady(), ReceiverCounts.NONE)
                    .start();
            if (world.weather().resync()) {
                shiftIn(world.chance.between(
                        Duration.ofSeconds(5), workings.shifts().beat()));
            }
        }

        private ReceiverLimits limits() {
            return new ReceiverLimits(
                    1 + world.chance.below(3),
                    1 + world.chance.below(ReceiverLimits.DEFAULT_IN_HAND),
                    ReceiverLimits.DEFAULT.putBack(),
                    ReceiverLimits.DEFAULT_LINGER);
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

        private void shiftIn(Duration pause) {
            world.time.in(
                    pause,
                    process,
                    () -> process.during(
                            "resync",
                            () -> workings.shifts()
                                    .work((instance, failure) -> world.trace.say(
                                            process, "resync of " + instance + " failed: " + failure.getMessage()))
                                    .subscribe()
                                    .with(shift -> shiftIn(workings.shifts().beat()), failure -> {
                                        world.trace.say(process, "resync failed: " + failure.getMessage());
                                        shiftIn(workings.shifts().beat());
                                    })));
        }
    }
}
