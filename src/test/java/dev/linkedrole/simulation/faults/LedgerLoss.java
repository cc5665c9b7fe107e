package dev.linkedrole.simulation.faults;

import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.ReferenceRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.HistoryRows;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SimulatedReplica;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.iam.Permission;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loss of the ledger, or its restore from a backup, while the service is stopped. Afterwards producers send their
 * events again, as the documentation requires, and then operators confirm the ledger.
 */
public final class LedgerLoss {

    /** One of this many seeds loses its ledger, if there is a resync. */
    private static final int LOSING = 5;

    /** Duration of the creation of another table. By its end all calls to the old table, and to IAM, have arrived. */
    private static final Duration STOPPED = Duration.ofMinutes(5);

    private static final Duration AFTER = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofSeconds(5);

    private final World world;
    private final CrashingProcess stage;
    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final boolean restored;
    private final Set<RoleEvent> forgotten = new HashSet<>();
    private ModelTable.@Nullable Backup backup;

    private LedgerLoss(
            World world, CrashingProcess stage, Cloud cloud, Setting setting, Safety safety, boolean restored) {
        this.world = world;
        this.stage = stage;
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
        this.restored = restored;
    }

    /** Returns the loss of a seed, if it has one; not drawn at random. */
    public static Optional<LedgerLoss> of(
            long seed, World world, CrashingProcess stage, Cloud cloud, Setting setting, Safety safety) {
        boolean plain = !setting.serviceLinked() && !setting.large() && !setting.resetting();
        return world.faultProfile().resync() && plain && seed % LOSING == 3
                ? Optional.of(new LedgerLoss(world, stage, cloud, setting, safety, seed / LOSING % 2 == 0))
                : Optional.empty();
    }

    /** Length of a storm in which the ledger is lost. */
    public static Duration longer(Duration storm) {
        return storm.plus(STOPPED).plus(AFTER);
    }

    /**
     * Schedules the loss of the ledger during the faults, and the repetition of some events soon after.
     *
     * @param storm duration of the faults without the loss
     */
    public void plan(
            Duration storm, List<SimulatedReplica> replicas, ManualEditor manualEditor, Consumer<RoleEvent> sender) {
        Duration stop = world.chance.between(storm.dividedBy(2), storm);
        backUp();
        world.time.in(stop, stage, () -> {
            world.trace.say(stage, "the service is stopped");
            manualEditor.rest();
            replicas.forEach(SimulatedReplica::shutDown);
        });
        world.time.in(stop.plus(STOPPED), stage, () -> {
            lose();
            replicas.forEach(SimulatedReplica::startUp);
            world.time.in(world.chance.between(Duration.ZERO, AFTER), stage, () -> sendSome(sender));
        });
    }

    /** Takes a backup at some time after the first role exists. */
    private void backUp() {
        boolean soon = setting.lives().stream()
                .anyMatch(life -> cloud.iam.role(life.roleName().value()).isPresent());
        if (soon) {
            backup = cloud.table.backUp();
        } else {
            world.time.in(world.chance.between(Duration.ZERO, OFTEN), stage, this::backUp);
        }
    }

    private void sendSome(Consumer<RoleEvent> sender) {
        setting.lives().stream()
                .flatMap(life -> life.events().stream())
                .filter(event -> event instanceof RoleEvent.InstanceCreated || world.chance.hits(0.3))
                .forEach(sender);
    }

    private void lose() {
        world.trace.say(stage, restored ? "the ledger is put back to what it was" : "the ledger is lost");
        setting.lives()
                .forEach(life -> forgotten.addAll(
                        life.those(cloud.table.events(life.instance().id()))));
        safety.ledgerLost(restored);
        if (restored && backup != null) {
            cloud.table.restore(backup);
        } else {
            cloud.table.lose();
        }
    }

    /** Lists the violations before an operator has confirmed the ledger, as sentences. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        setting.lives().stream()
                .filter(life -> !safety.isForeign(life.roleName()))
                .forEach(life -> look(life, missing));
        return missing;
    }

    private void look(InstanceLife life, List<String> missing) {
        List<RoleEvent> recorded = life.those(cloud.table.events(life.instance().id()));
        life.events().stream()
                .filter(event -> !recorded.contains(event) && !forgotten.contains(event))
                .forEach(lost -> missing.add("the event " + lost.eventId() + " was lost, and not with the ledger"));
        ReferenceRole reference = new ReferenceRole(recorded);
        Set<Permission> actual = safety.permissions(life);
        Set<Permission> least = HistoryRows.of(reference.grants());
        if (!actual.containsAll(least)) {
            missing.add("the role " + life.roleName() + " has not all that is recorded");
        }
        boolean more = reference.announced() && !reference.deleted() && !least.containsAll(actual);
        boolean told = cloud.table
                .load(life.instance().id())
                .flatMap(record -> record.condition(Condition.Type.RoleNotRecorded))
                .isPresent();
        if (more && !told) {
            missing.add("nobody says what is not recorded of " + life.roleName());
        }
    }

    /** Sends all events of the producers again. */
    public void resend(Consumer<RoleEvent> sender) {
        world.trace.say(stage, "all is sent again");
        setting.lives().forEach(life -> life.events().forEach(sender));
    }

    /** Confirms the ledger for the operators: as a whole, or role by role. */
    public void confirmLedger(SimulatedReplica replica) {
        safety.ledgerIsConfirmed();
        if (restored && world.chance.hits(0.5)) {
            world.trace.say(stage, "an operator adopts the ledger");
            replica.operate(
                    workings -> workings.watch().adopt(cloud.table.identity().id()));
            return;
        }
        adoptRoles(replica);
    }

    /** Adopts roles without a record in the backup one by one: they existed before their records. */
    public void adoptRoles(SimulatedReplica replica) {
        setting.lives().stream().filter(this::needsWord).forEach(life -> {
            world.trace.say(stage, "an operator adopts " + life.roleName());
            replica.operate(workings -> announce(workings.operations(), life));
        });
    }

    private static Uni<?> announce(Operations operations, InstanceLife life) {
        return operations.announce(life.instance(), "", true);
    }

    private boolean needsWord(InstanceLife life) {
        Optional<RoleRecord> record = cloud.table.load(life.instance().id());
        return !safety.isForeign(life.roleName())
                && record.filter(known -> known.role().announced()
                                && !known.role().deleted()
                                && known.condition(Condition.Type.RoleNotRecorded)
                                        .isPresent())
                        .isPresent();
    }
}
