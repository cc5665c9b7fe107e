package dev.linkedrole.simulation;

import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.checks.Liveness;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.LedgerLoss;
import dev.linkedrole.simulation.faults.ManualEditor;
import dev.linkedrole.simulation.faults.PausingOperator;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.DeadLetter;
import dev.linkedrole.simulation.world.ModelService;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SimulatedReplica;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Simulation of a fleet with instances and faults, then without faults, and of the conditions that must hold at the
 * end.
 */
public final class Simulation {

    private static final Duration SHORTEST_STORM = Duration.ofMinutes(3);
    private static final Duration MAX_STORM = Duration.ofMinutes(14);

    /**
     * Duration without faults: until all late requests have arrived, returned messages were redelivered, and all roles
     * were compared twice.
     */
    private static final Duration CALM = Duration.ofMinutes(45);

    /** Duration in which all roles are compared again, and must not change. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(12);

    private static final List<String> POISON = List.of("not json", "{}", "[1,2]", """
            {"specversion":"1.0","id":"p1","source":"x","type":"feature-enabled","time":"2026-11-23T09:00:00Z","data":{"instanceArn":"nothing"}}""");

    /**
     * One of this many seeds has service-linked roles, if there is a resync: their deletion may take longer than a
     * message waits.
     */
    private static final int SERVICE_LINKED = 5;

    /** One of this many seeds changes the settings. */
    private static final int RESETTING = 3;

    /** In one of this many seeds IAM rejects calls of one kind, if there is a resync. */
    private static final int REJECTING = 7;

    private static final List<String> REFUSED = List.of(
            "PutRolePolicy",
            "DeleteRolePolicy",
            "UpdateAssumeRolePolicy",
            "AttachRolePolicy",
            "DetachRolePolicy",
            "CreatePolicy",
            "CreatePolicyVersion",
            "DeletePolicy",
            "DeleteRole",
            "CreateRole",
            "TagRole",
            "DeletePolicyVersion",
            "UpdateRoleDescription");

    private final World world;
    private final Setting setting;
    private final Cloud cloud;
    private final Safety safety;
    private final ManualEditor manualEditor;
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private final CrashingProcess stage;
    private final long seed;
    private final Optional<LedgerLoss> loss;
    private final Optional<PausingOperator> pausing;
    private int poison;

    public Simulation(long seed, Defect defect, boolean traced) {
        this.seed = seed;
        this.world = new World(seed, traced);
        this.stage = new CrashingProcess("people", world.time, Duration.ZERO);
        this.setting = Setting.any(
                world.chance, world.faultProfile().resync() && seed % SERVICE_LINKED == 0, seed % RESETTING == 1);
        this.cloud = new Cloud(world, setting);
        this.safety = new Safety(world, cloud, setting, this::decode);
        this.manualEditor = new ManualEditor(world, stage, cloud, setting, safety);
        cloud.queue.whenDeleted(safety::deleted);
        this.loss =
                rejected().isPresent() ? Optional.empty() : LedgerLoss.of(seed, world, stage, cloud, setting, safety);
        loss.ifPresent(planned -> cloud.willLoseLedger());
        this.pausing = PausingOperator.of(seed, world, stage, cloud, setting, safety);
        for (int i = 1; i <= setting.replicas(); i++) {
            replicas.add(new SimulatedReplica(world, cloud, setting, safety, defect, i));
        }
    }

    public static Verdict of(long seed) {
        return new Simulation(seed, Defect.NONE, false).run();
    }

    private Optional<RoleEvent> decode(String body) {
        try {
            return Optional.of(decoder.decode(body));
        } catch (RejectedException poison) {
            return Optional.empty();
        }
    }

    public Verdict run() {
        Optional<String> failure = Optional.empty();
        try {
            play();
        } catch (Failure found) {
            failure = Optional.of(String.valueOf(found.getMessage()));
        } catch (RuntimeException | Error broken) {
            failure = Optional.of("it broke: " + broken);
            broken.printStackTrace();
        }
        return new Verdict(seed, failure, world.trace.digest(), world.time.steps(), world.trace.lines());
    }

    private void play() {
        world.trace.say(stage, "weather: " + world.faultProfile());
        world.trace.say(
                stage,
                "setting: " + setting.replicas() + " replicas, large " + setting.large() + ", service-linked "
                        + setting.serviceLinked() + ", telling "
                        + setting.telling());
        setting.lives().forEach(life -> life.events().forEach(event -> world.trace.say(stage, "will send " + event)));
        Optional<String> rejected = rejected();
        rejected.ifPresent(operation -> {
            world.trace.say(stage, "IAM rejects " + operation);
            cloud.iam.reject(operation);
        });
        replicas.forEach(SimulatedReplica::start);
        Duration usual = world.chance.between(SHORTEST_STORM, MAX_STORM);
        send(usual.dividedBy(2));
        manualEditor.plan(usual);
        outages(usual);
        restarts(usual);
        loss.ifPresent(planned -> planned.plan(usual, replicas, manualEditor, this::sendSoon));
        pausing.ifPresent(operator -> operator.plan(usual));
        Duration storm = loss.isPresent() ? LedgerLoss.longer(usual) : usual;
        until(storm);
        world.trace.say(stage, "from now on all is well");
        world.change(world.faultProfile().cleared());
        world.outages.end();
        manualEditor.leaveSome();
        until(storm.plus(CALM.dividedBy(3)));
        cloud.queue.redrive();
        until(storm.plus(CALM));
        rejected.ifPresent(this::bearRejection);
        loss.ifPresent(this::bearLoss);
        require();
        until(world.time.passed().plus(AFTERWARDS));
        require();
    }

    /** Returns the rejected call, if any. It is not drawn at random, so all else is the same as without it. */
    private Optional<String> rejected() {
        return world.faultProfile().resync() && !setting.serviceLinked() && seed % REJECTING == 0
                ? Optional.of(REFUSED.get((int) (seed / REJECTING % REFUSED.size())))
                : Optional.empty();
    }

    /**
     * Checks that only the rejected call leaves excess permissions, and that all roles become right after the
     * rejections end.
     */
    private void bearRejection(String operation) {
        List<String> tooMuch = new RejectedEvent(operation, cloud, setting, safety).tooMuch();
        if (!tooMuch.isEmpty()) {
            throw new Failure(String.join("; ", tooMuch));
        }
        world.trace.say(stage, "IAM rejects " + operation + " no more");
        cloud.iam.allow(operation);
        until(world.time.passed().plus(AFTERWARDS));
    }

    /**
     * Checks that no permission is revoked before an operator's confirmation, whatever is sent again, and that all
     * roles become right after it.
     */
    private void bearLoss(LedgerLoss suffered) {
        requireNothing(suffered.missing());
        suffered.resend(this::sendSoon);
        until(world.time.passed().plus(AFTERWARDS.multipliedBy(2)));
        requireNothing(suffered.missing());
        suffered.confirmLedger(replicas.getFirst());
        until(world.time.passed().plus(AFTERWARDS.multipliedBy(2)));
        suffered.adoptRoles(replicas.getFirst());
        until(world.time.passed().plus(AFTERWARDS.multipliedBy(2)));
    }

    private void requireNothing(List<String> missing) {
        if (!missing.isEmpty()) {
            missing.forEach(line -> world.trace.say("LIVENESS", line));
            throw new Failure(String.join("; ", missing));
        }
    }

    private void until(Duration sinceStart) {
        world.time.runUntil(
                sinceStart,
                () -> safety.violation().ifPresent(violation -> {
                    throw new Failure(violation);
                }));
    }

    private void require() {
        safety.look();
        safety.violation().ifPresent(violation -> {
            throw new Failure(violation);
        });
        List<String> missing = new ArrayList<>(new Liveness(cloud, setting, safety, this::decode).missing());
        if (world.faultProfile().resync()) {
            missing.addAll(cloud.rounds.missing());
        }
        long buried = cloud.queue.deadLetters().stream()
                .filter(letter -> decode(letter.body()).isEmpty())
                .map(DeadLetter::id)
                .distinct()
                .count();
        if (buried != poison) {
            missing.add("of " + poison + " poisoned messages " + buried + " are among the dead letters");
        }
        requireNothing(missing);
    }

    /** Sends the events in bursts, so that events of one instance coincide. */
    private void send(Duration stretch) {
        List<Duration> bursts = new ArrayList<>();
        for (int i = 0; i <= world.chance.below(4); i++) {
            bursts.add(world.chance.between(Duration.ZERO, stretch));
        }
        setting.lives().forEach(life -> life.events().forEach(event -> send(event, bursts)));
        for (int i = world.chance.below(4); i < 2; i++) {
            poison++;
            String body = world.chance.oneOf(POISON);
            world.time.in(world.chance.oneOf(bursts), stage, () -> cloud.queue.send(body));
        }
    }

    private void sendSoon(RoleEvent event) {
        send(event, List.of(Duration.ofSeconds(1)));
    }

    private void send(RoleEvent event, List<Duration> bursts) {
        String body =
                world.chance.oneOf(List.of(Envelopes.values())).wrap(event).toString();
        int times = world.chance.hits(world.faultProfile().twice()) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            Duration at = world.chance.oneOf(bursts).plus(world.chance.between(Duration.ZERO, Duration.ofMillis(300)));
            world.time.in(at, stage, () -> {
                world.trace.say(stage, "sends " + event.eventId());
                cloud.queue.send(body);
            });
        }
    }

    private void outages(Duration stretch) {
        for (int i = 0; i < world.faultProfile().outages(); i++) {
            ModelService service = world.chance.oneOf(ModelService.OF_EVENTS);
            Duration length = world.chance.between(Duration.ofSeconds(5), Duration.ofMinutes(2));
            world.time.in(world.chance.between(Duration.ZERO, stretch), stage, () -> {
                world.trace.say(stage, service + " is down for " + length.toSeconds() + " s");
                world.outages.begin(service, length);
            });
        }
    }

    /** Stops replicas in an orderly way, as a rollout does. */
    private void restarts(Duration stretch) {
        for (int i = world.chance.below(4); i > 0; i--) {
            SimulatedReplica replica = world.chance.oneOf(replicas);
            world.time.in(world.chance.between(Duration.ZERO, stretch), stage, replica::restart);
        }
    }

    /** Violation of a condition. */
    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failure(String what) {
            super(what, null, false, false);
        }
    }
}
