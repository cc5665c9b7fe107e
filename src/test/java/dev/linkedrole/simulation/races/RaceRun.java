package dev.linkedrole.simulation.races;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.simulation.faults.Fault;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SteppedCalls;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Run of a {@link Race}. */
final class RaceRun {

    private static final String SAID = "what the operator said";

    private static final String REFUSED = "PutRolePolicy";

    /** Longer than a lease is valid without renewal, and shorter than it lasts. */
    private static final Duration LONG = Duration.ofSeconds(250);

    private static final AcknowledgedEvent REFUSED_EVENT =
            new AcknowledgedEvent(new EventId("refused", "acme"), Optional.of("feature-enabled"));

    private static final Rejection REFUSAL =
            new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "there is no such feature");

    private final Race plot;
    private final Instance instance;
    private final List<RoleEvent> all;
    private final RoleEvent last;
    private final SteppedCalls world;
    private final SteppedCalls.Actor mortal;
    private boolean troubled;

    RaceRun(Race plot, Instance instance) {
        this.plot = plot;
        this.instance = instance;
        List<RoleEvent> events = plot.events().apply(instance);
        this.all = events;
        List<RoleEvent> first = events.subList(0, events.size() - 1);
        this.last = events.getLast();
        List<RoleEvent> accepted = plot.act() == Action.IS_REFUSED ? first : events;
        this.world = new SteppedCalls(new Setting(
                plot.isLarge(), false, plot.isTold(), false, 1, List.of(new InstanceLife(instance.arn(), accepted))));
        boolean abandoned = plot.prelude() == InitialState.ABANDONED;
        List<RoleEvent> before = plot.act().comesAfterAll() && !abandoned ? events : first;
        if (plot.prelude() == InitialState.RESTORED) {
            world.takeAll(before.subList(0, 1), false);
            ModelTable.Backup backup = world.cloud.table.backUp();
            world.takeAll(before.subList(1, before.size()), false);
            world.loseLedger(table -> table.restore(backup));
        } else {
            world.takeAll(before, false);
        }
        prelude();
        if (plot.trouble() == Fault.REFUSED) {
            world.cloud.iam.reject(REFUSED);
        }
        this.mortal = begin(world.new Actor().telling(), false);
        world.settle();
    }

    private void prelude() {
        switch (plot.prelude()) {
            case NOTHING, RESTORED -> {}
            case LOST -> {
                world.loseLedger(ModelTable::lose);
                world.takeAll(all.subList(0, 1), true);
            }
            case NAME_TAKEN -> world.takeName(instance.roleName());
            case EDITED -> world.edit(instance.roleName());
            case DESCRIBED -> {
                SteppedCalls.Actor operator = describe(world.new Actor());
                world.settle();
                operator.finish();
            }
            case ABANDONED -> {
                SteppedCalls.Actor abandoning = world.new Actor().take(last, false);
                while (!abandoning.wire.next().endsWith("Record")) {
                    abandoning.wire.step();
                    world.settle();
                }
                abandoning.wire.dieAfter();
            }
        }
    }

    SteppedCalls.Actor mortal() {
        return mortal;
    }

    /** Returns the method that makes the next call. */
    static String site(SteppedCalls.Actor actor) {
        return actor.wire.next().replaceFirst(" > [A-Za-z0-9]*$", "");
    }

    /** Runs until the process is about to make the call with this number; returns false if it makes fewer. */
    boolean reach(int call) {
        for (int next = 1; next < call && mortal.ready(); next++) {
            step();
            world.settle();
        }
        return mortal.ready();
    }

    private void step() {
        boolean trouble =
                plot.trouble() != Fault.NONE && !troubled && site(mortal).startsWith("Resync.round");
        troubled |= trouble;
        if (trouble && plot.trouble() == Fault.FAILS) {
            mortal.wire.fail();
            return;
        }
        if (trouble) {
            world.pass(LONG);
        }
        mortal.wire.step();
    }

    /** Lets another process repeat the interrupted work, whatever its state; then checks that everything is right. */
    void recover() {
        world.cloud.iam.allow(REFUSED);
        world.settle();
        SteppedCalls.Actor next = begin(world.new Actor(), true);
        world.settle();
        next.finish();
        if (plot.act() == Action.IS_REFUSED) {
            SteppedCalls.require(
                    next.failure().filter(RejectedException.class::isInstance).isPresent(), "it was not refused");
        } else {
            SteppedCalls.require(next.succeeded(), "what comes after fails: " + next.failure());
        }
        if (plot.prelude().losesLedger()) {
            goByLedger();
        }
        world.requireRight();
        requireTold();
        requireNoted();
    }

    private void requireNoted() {
        long noted = world.cloud.table.history(instance.id()).stream()
                .filter(HistoryEntry.EventRejected.class::isInstance)
                .count();
        boolean isRejected = plot.act() == Action.TELLS_OF_REFUSAL || plot.act() == Action.NOTES_REFUSAL;
        SteppedCalls.require(noted == (isRejected ? 1 : 0), noted + " rejections are in the history");
    }

    /** Sends all events again, and confirms the record of the role for an operator. */
    private void goByLedger() {
        world.safe();
        world.takeAll(all, true);
        world.wordIsGiven();
        SteppedCalls.Actor operator = adopt(world.new Actor());
        world.settle();
        operator.finish();
        SteppedCalls.require(operator.succeeded(), "the adoption fails: " + operator.failure());
    }

    private SteppedCalls.Actor adopt(SteppedCalls.Actor actor) {
        return actor.take(() -> actor.workings().operations().announce(instance.arn(), "", true));
    }

    private void requireTold() {
        List<String> told = world.cloud.table.outbox().stream()
                .map(waiting -> waiting.outcome())
                .filter(Outcome.GrantRejected.class::isInstance)
                .map(Outcome::id)
                .distinct()
                .toList();
        SteppedCalls.require(
                told.size() == (plot.act() == Action.TELLS_OF_REFUSAL ? 1 : 0),
                told.size() + " rejections are told: " + told);
    }

    private SteppedCalls.Actor begin(SteppedCalls.Actor actor, boolean again) {
        return switch (plot.act()) {
            case TAKES, IS_REFUSED -> actor.take(last, again);
            case TAKES_AGAIN -> actor.take(last, true);
            case COMPARES -> actor.resync();
            case WORKS_A_SHIFT -> actor.shift();
            case TELLS_OF_REFUSAL ->
                actor.take(() ->
                        actor.workings().rejectedEvents().tell(REFUSED_EVENT, Optional.of(instance.id()), REFUSAL));
            case NOTES_REFUSAL ->
                actor.take(() ->
                        actor.workings().rejectedEvents().note(REFUSED_EVENT, Optional.of(instance.id()), REFUSAL));
            case DESCRIBES -> describe(actor);
            case ANNOUNCES ->
                actor.take(() -> actor.workings().operations().announce(instance.arn(), "acme-support", false));
            case ADOPTS -> {
                world.wordIsGiven();
                yield adopt(actor);
            }
        };
    }

    private SteppedCalls.Actor describe(SteppedCalls.Actor actor) {
        return actor.take(() -> actor.workings().operations().describe(instance.id(), new RoleDescription(SAID)));
    }
}
