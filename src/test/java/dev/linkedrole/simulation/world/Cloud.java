package dev.linkedrole.simulation.world;

import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamTraffic;
import dev.linkedrole.ledger.ModelAcceptedSettings;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.ledger.pauses.ModelPauses;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.util.Optional;

/** The services that all replicas share. */
public final class Cloud {

    public final IamModel iam;
    public final ModelTable table;
    public final ModelAssociations associations = new ModelAssociations();
    public final ModelLeases.ModelledLeases leaseModel = new ModelLeases.ModelledLeases();
    public final ModelAcceptedSettings accepted = new ModelAcceptedSettings();
    public final ModelQueue queue;
    public final Rounds rounds;

    /** True if the ledger is lost at some time, so that replicas look up its table by calls that may fail. */
    private boolean losing;

    private Optional<ModelPauses> pauses = Optional.empty();

    public Cloud(World world, Setting setting) {
        this.iam = new IamModel(
                Instance.ACCOUNT,
                world.time,
                () -> lag(world, world.faultProfile().iamLag()),
                world.chance.between(Duration.ZERO, Duration.ofSeconds(20)),
                new IamTraffic(
                        () -> world.faultProfile().iamRate(),
                        () -> world.faultProfile().changing()));
        this.table =
                new ModelTable(world.time, () -> lag(world, world.faultProfile().indexLag()), setting.telling());
        if (setting.narrow()) {
            table.narrow();
        }
        this.queue = new ModelQueue(world);
        this.rounds = new Rounds(world.time);
        accepted.put(setting.accepted());
    }

    public void willLoseLedger() {
        losing = true;
    }

    /** Prepares for operators who pause roles, so that replicas read the pauses by calls that may fail. */
    public ModelPauses willPause() {
        ModelPauses items = new ModelPauses();
        pauses = Optional.of(items);
        return items;
    }

    /** The pauses; empty if no operator ever pauses a role. */
    public Optional<ModelPauses> pauses() {
        return pauses;
    }

    public boolean losesLedger() {
        return losing;
    }

    private static Duration lag(World world, Duration most) {
        return most.isZero() ? most : world.chance.between(Duration.ZERO, most);
    }
}
