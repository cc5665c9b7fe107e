package dev.linkedrole.simulation.races;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.role.model.Association;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Run of a {@link Race}. */
final class RaceRun {

    private static final String SAID = "what the operator said";

    private static final String REFUSED = "PutRolePolicy";

    /** Longer than a lease is valid without renewal, and shorter than it lasts. */
    private static final Duration LONG = Duration.ofSeconds(250);

    private static final AcknowledgedEvent REJECTED_EVENT =
            new AcknowledgedEvent(new EventId("refused", "acme"), Optional.of("feature-enabled"));

    private static final Rejection REJECTION =
            new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "there is no such feature");

    private final Race scenario;
    private final Instance instance;
    private final List<RoleEvent> all;
    private final RoleEvent last;
    private final SteppedCalls world;
    private final SteppedCalls.Actor mortal;
    private boolean troubled;

    RaceRun(Race scenario, Instance instance) {
        this.scenario = scenario;
        this.instance = instance;
        List<RoleEvent> events = scenario.events().apply(instance);
        this.all = events;
        List<RoleEvent> first = events.subList(0, events.size() - 1);
        this.last = events.getLast();
        List<RoleEvent> accepted = scenario.act() == Action.IS_REJECTED ? first : events;
        this.world = new SteppedCalls(new Setting(
                scenario.isLarge(),
                false,
                scenario.isPublished(),
                false,
                1,
                List.of(new InstanceLife(instance.arn(), accepted))));
        boolean abandoned = scenario.prelude() == InitialState.ABANDONED;
        List<RoleEvent> before = scenario.act().comesAfterAll() && !abandoned ? events : first;
        if (scenario.prelude() == InitialState.RESTORED) {
            world.takeAll(before.subList(0, 1), false);
            ModelTable.Backup backup = world.cloud.table.backUp();
            world.takeAll(before.subList(1, before.size()), false);
            world.loseLedger(table -> table.restore(backup));
        } else {
            world.takeAll(before, false);
        }
        prelude();
        if (scenario.trouble() == Fault.REFUSED) {
            world.cloud.iam.reject(REFUSED);
        }
        this.mortal = begin(world.new Actor().telling(), false);
        world.settle();
    }

    private void prelude() {
        switch (scenario.prelude()) {
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
                scenario.trouble() != Fault.NONE && !troubled && site(mortal).startsWith("Resync.round");
        troubled |= trouble;
        if (trouble && scenario.trouble() == Fault.FAILS) {
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
        if (scenario.act() == Action.IS_REJECTED) {
            SteppedCalls.require(
                    next.failure().filter(RejectedException.class::isInstance).isPresent(), "it was not refused");
        } else {
            SteppedCalls.require(next.succeeded(), "what comes after fails: " + next.failure());
        }
        if (scenario.prelude().losesLedger()) {
            goByLedger();
        }
        world.requireRight();
        requirePublished();
        requireNoted();
    }

    private void requireNoted() {
        long noted = world.cloud.table.history(instance.id()).stream()
                .filter(HistoryEntry.EventRejected.class::isInstance)
                .count();
        boolean isRejected = scenario.act() == Action.PUBLISHES_REJECTION || scenario.act() == Action.NOTES_REJECTION;
        SteppedCalls.require(noted == (isRejected ? 1 : 0), noted + " rejections are in the history");
    }

    /** Sends all events again, and confirms the record of the role for an operator. */
    private void goByLedger() {
        world.safe();
        world.takeAll(all, true);
        world.ledgerIsConfirmed();
        SteppedCalls.Actor operator = adopt(world.new Actor());
        world.settle();
        operator.finish();
        SteppedCalls.require(operator.succeeded(), "the adoption fails: " + operator.failure());
    }

    private SteppedCalls.Actor adopt(SteppedCalls.Actor actor) {
        return actor.take(() -> actor.workings().operations().announce(instance.arn(), "", true));
    }

    private void requirePublished() {
        List<String> told = world.cloud.table.outbox().stream()
                .map(waiting -> waiting.outcome())
                .filter(Outcome.GrantRejected.class::isInstance)
                .map(Outcome::id)
                .distinct()
                .toList();
        SteppedCalls.require(
                told.size() == (scenario.act() == Action.PUBLISHES_REJECTION ? 1 : 0),
                told.size() + " rejections are told: " + told);
    }

    private SteppedCalls.Actor begin(SteppedCalls.Actor actor, boolean again) {
        return switch (scenario.act()) {
            case TAKES, IS_REJECTED -> actor.take(last, again);
            case TAKES_AGAIN -> actor.take(last, true);
            case COMPARES -> actor.resync();
            case RUNS_RESYNC -> actor.runResync();
            case PUBLISHES_REJECTION ->
                actor.take(() -> actor.workings()
                        .rejectedEvents()
                        .publish(REJECTED_EVENT, Optional.of(instance.id()), REJECTION));
            case NOTES_REJECTION ->
                actor.take(() ->
                        actor.workings().rejectedEvents().note(REJECTED_EVENT, Optional.of(instance.id()), REJECTION));
            case LOOKS_UP_ALIAS -> actor.take(() -> actor.workings().facts().alias(instance.id()));
            case JOINS_ASSOCIATION ->
                actor.take(() -> actor.workings().facts().join(instance.id(), "1", Association.ended(Instant.EPOCH)));
            case DESCRIBES -> describe(actor);
            case ANNOUNCES ->
                actor.take(() -> actor.workings().operations().announce(instance.arn(), "acme-support", false));
            case ADOPTS -> {
                world.ledgerIsConfirmed();
                yield adopt(actor);
            }
        };
    }

    private SteppedCalls.Actor describe(SteppedCalls.Actor actor) {
        return actor.take(() -> actor.workings().operations().describe(instance.id(), new RoleDescription(SAID)));
    }
}
