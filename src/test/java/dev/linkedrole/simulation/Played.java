package dev.linkedrole.simulation;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.EventId;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleDescription;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A {@link Plot} while it is played. */
final class Played {

    private static final String SAID = "what the operator said";

    private static final String REFUSED = "PutRolePolicy";

    /** Longer than a lease is held without being kept, and shorter than it lasts. */
    private static final Duration LONG = Duration.ofSeconds(250);

    private static final Answered REFUSED_EVENT =
            new Answered(new EventId("refused", "acme"), Optional.of("feature-enabled"));

    private static final Refusal REFUSAL = new Refusal(Refusal.Reason.UNKNOWN_FEATURE, "there is no such feature");

    private final Plot plot;
    private final Instance instance;
    private final RoleEvent last;
    private final Stepped world;
    private final Stepped.Actor mortal;
    private boolean troubled;

    Played(Plot plot, Instance instance) {
        this.plot = plot;
        this.instance = instance;
        List<RoleEvent> events = plot.events().apply(instance);
        List<RoleEvent> first = events.subList(0, events.size() - 1);
        this.last = events.getLast();
        List<RoleEvent> accepted = plot.act() == Act.IS_REFUSED ? first : events;
        this.world = new Stepped(new Setting(
                plot.isLarge(), false, plot.isTold(), false, 1, List.of(new Life(instance.arn(), accepted))));
        boolean abandoned = plot.prelude() == Prelude.ABANDONED;
        world.takeAll(plot.act().comesAfterAll() && !abandoned ? events : first, false);
        prelude();
        if (plot.trouble() == Trouble.REFUSED) {
            world.cloud.iam.refuse(REFUSED);
        }
        this.mortal = begin(world.new Actor().telling(), false);
        world.settle();
    }

    private void prelude() {
        switch (plot.prelude()) {
            case NOTHING -> {}
            case NAME_TAKEN -> world.takeName(instance.roleName());
            case EDITED -> world.edit(instance.roleName());
            case DESCRIBED -> {
                Stepped.Actor operator = describe(world.new Actor());
                world.settle();
                operator.finish();
            }
            case ABANDONED -> {
                Stepped.Actor abandoning = world.new Actor().take(last, false);
                while (!abandoning.wire.next().endsWith("Record")) {
                    abandoning.wire.step();
                    world.settle();
                }
                abandoning.wire.dieAfter();
            }
        }
    }

    Stepped.Actor mortal() {
        return mortal;
    }

    /** Where in the code the next call is made. */
    static String site(Stepped.Actor actor) {
        return actor.wire.next().replaceFirst(" > [A-Za-z0-9]*$", "");
    }

    /** Plays on until the process is about to make its call of this number, and says whether it comes to that. */
    boolean reach(int call) {
        for (int next = 1; next < call && mortal.ready(); next++) {
            step();
            world.settle();
        }
        return mortal.ready();
    }

    private void step() {
        boolean trouble =
                plot.trouble() != Trouble.NONE && !troubled && site(mortal).startsWith("Resync.round");
        troubled |= trouble;
        if (trouble && plot.trouble() == Trouble.FAILS) {
            mortal.wire.fail();
            return;
        }
        if (trouble) {
            world.pass(LONG);
        }
        mortal.wire.step();
    }

    /** Whatever has become of that process, what it was at is done again by another one; and then all is right. */
    void recover() {
        world.cloud.iam.allow(REFUSED);
        world.settle();
        Stepped.Actor next = begin(world.new Actor(), true);
        world.settle();
        next.finish();
        if (plot.act() == Act.IS_REFUSED) {
            Stepped.require(
                    next.failure().filter(RefusedException.class::isInstance).isPresent(), "it was not refused");
        } else {
            Stepped.require(next.succeeded(), "what comes after fails: " + next.failure());
        }
        world.requireRight();
        requireTold();
        requireNoted();
    }

    private void requireNoted() {
        long noted = world.cloud.table.history(instance.id()).stream()
                .filter(HistoryEntry.EventRefused.class::isInstance)
                .count();
        boolean isRefused = plot.act() == Act.TELLS_OF_REFUSAL || plot.act() == Act.NOTES_REFUSAL;
        Stepped.require(noted == (isRefused ? 1 : 0), noted + " refusals are in the history");
    }

    private void requireTold() {
        List<String> told = world.cloud.table.outbox().stream()
                .map(waiting -> waiting.outcome())
                .filter(Outcome.GrantRefused.class::isInstance)
                .map(Outcome::id)
                .distinct()
                .toList();
        Stepped.require(
                told.size() == (plot.act() == Act.TELLS_OF_REFUSAL ? 1 : 0),
                told.size() + " refusals are told: " + told);
    }

    private Stepped.Actor begin(Stepped.Actor actor, boolean again) {
        return switch (plot.act()) {
            case TAKES, IS_REFUSED -> actor.take(last, again);
            case TAKES_AGAIN -> actor.take(last, true);
            case COMPARES -> actor.resync();
            case WORKS_A_SHIFT -> actor.shift();
            case TELLS_OF_REFUSAL ->
                actor.take(() ->
                        actor.workings().refusedEvents().tell(REFUSED_EVENT, Optional.of(instance.id()), REFUSAL));
            case NOTES_REFUSAL ->
                actor.take(() ->
                        actor.workings().refusedEvents().note(REFUSED_EVENT, Optional.of(instance.id()), REFUSAL));
            case DESCRIBES -> describe(actor);
            case ANNOUNCES ->
                actor.take(() -> actor.workings().operations().announce(instance.arn(), "acme-support", false));
        };
    }

    private Stepped.Actor describe(Stepped.Actor actor) {
        return actor.take(() -> actor.workings().operations().describe(instance.id(), new RoleDescription(SAID)));
    }
}
