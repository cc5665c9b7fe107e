package dev.linkedrole.simulation.faults;

import static dev.linkedrole.testing.time.TestTimeout.await;

import dev.linkedrole.ledger.pauses.ModelPauses;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An operator who pauses roles during the faults, and ends the pauses before the faults end. */
public final class PausingOperator {

    /** One of this many seeds has such an operator, if there is a resync. */
    private static final int PAUSING = 4;

    /** Longer than a simulation, and than clocks are apart: the operator ends each pause. */
    private static final Duration FAR = Duration.ofDays(2);

    private final World world;
    private final CrashingProcess people;
    private final Setting setting;
    private final Safety safety;
    private final ModelPauses pauses;

    private PausingOperator(World world, CrashingProcess people, Setting setting, Safety safety, ModelPauses pauses) {
        this.world = world;
        this.people = people;
        this.setting = setting;
        this.safety = safety;
        this.pauses = pauses;
    }

    /** Returns the operator of a seed, if it has one; not drawn at random. */
    public static Optional<PausingOperator> of(
            long seed, World world, CrashingProcess people, Cloud cloud, Setting setting, Safety safety) {
        return world.faultProfile().resync() && seed % PAUSING == 2
                ? Optional.of(new PausingOperator(world, people, setting, safety, cloud.willPause()))
                : Optional.empty();
    }

    /** Schedules a pause of one role, and one of all roles that overlaps with it. */
    public void plan(Duration storm) {
        InstanceLife life = world.chance.oneOf(setting.lives());
        PauseScope role = new PauseScope.OfRole(life.instance().id());
        PauseScope all =
                setting.lives().size() % 2 == 0 ? new PauseScope.All() : new PauseScope.OfAccount(Instance.ACCOUNT);
        world.time.in(storm.dividedBy(8), people, () -> begin(role, List.of(life)));
        world.time.in(storm.dividedBy(3), people, () -> begin(all, setting.lives()));
        world.time.in(storm.dividedBy(2), people, () -> end(role));
        world.time.in(storm.multipliedBy(7).dividedBy(8), people, () -> {
            safety.pausesEnd();
            end(all);
        });
    }

    private void begin(PauseScope scope, List<InstanceLife> lives) {
        world.trace.say(people, "pauses " + scope.text());
        Instant now = world.time.instant();
        await(pauses.put(Pause.requested(scope, "to see", "operator", now, now.plus(FAR.dividedBy(2)))));
        safety.paused(lives);
    }

    private void end(PauseScope scope) {
        world.trace.say(people, "ends the pause of " + scope.text());
        await(pauses.remove(scope));
    }
}
