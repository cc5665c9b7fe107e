package dev.linkedrole.simulation.races;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SteppedCalls;
import dev.linkedrole.testing.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The participants of a race.
 *
 * @param before events handled before the race
 * @param events events handled concurrently, each by its own replica
 * @param large true if the role outgrows its inline policy
 * @param resync true if another replica compares all roles during the race
 * @param deaths number of replicas that may die; if it is one, the first
 * @param defect defect of all replicas
 */
public record Actors(
        Instance instance,
        List<RoleEvent> before,
        List<RoleEvent> events,
        boolean large,
        boolean resync,
        int deaths,
        Defect defect) {

    /** Creates two replicas without defects or deaths. */
    public static Actors of(Instance instance, List<RoleEvent> before, RoleEvent first, RoleEvent second) {
        return new Actors(instance, before, List.of(first, second), false, false, 0, Defect.NONE);
    }

    public Actors withDeaths(int most) {
        return new Actors(instance, before, events, large, resync, most, defect);
    }

    Actors withResync() {
        return new Actors(instance, before, events, large, true, deaths, defect);
    }

    public Actors outgrowing() {
        return new Actors(instance, before, events, true, resync, deaths, defect);
    }

    public Actors with(Defect planted) {
        return new Actors(instance, before, events, large, resync, deaths, planted);
    }

    /** Returns the race after the second event was handled, which no longer takes part. */
    Actors afterSecond() {
        List<RoleEvent> earlier = new ArrayList<>(before);
        earlier.add(events.getLast());
        return new Actors(instance, earlier, List.of(events.getFirst()), large, resync, deaths, defect);
    }

    /** Follows one path, and requires that the role is right at its end. */
    public void play(Exploration exploration) {
        SteppedCalls world = world();
        List<SteppedCalls.Actor> takers = events.stream()
                .map(event -> world.new Actor().take(event, false))
                .toList();
        List<SteppedCalls.Actor> actors = new ArrayList<>(takers);
        if (resync) {
            actors.add(world.new Actor().resync());
        }
        settle(world, actors);
        List<Runnable> moves = moves(actors);
        while (!moves.isEmpty()) {
            if (exploration.hasSeen(() -> state(world, actors))) {
                return;
            }
            moves.get(exploration.among(moves.size())).run();
            settle(world, actors);
            moves = moves(actors);
        }
        if (exploration.hasSeen(() -> state(world, actors))) {
            return;
        }
        List<RoleEvent> again = new ArrayList<>();
        for (int i = 0; i < takers.size(); i++) {
            if (!takers.get(i).succeeded()) {
                again.add(events.get(i));
            }
        }
        world.takeAll(again.size() == 2 && exploration.among(2) == 1 ? again.reversed() : again, true);
        world.requireRight();
    }

    /** Creates the world of the race in its initial state. */
    SteppedCalls world() {
        List<RoleEvent> all = Stream.concat(before.stream(), events.stream()).toList();
        SteppedCalls world = new SteppedCalls(
                new Setting(large, false, false, false, 2, List.of(new InstanceLife(instance.arn(), all))), defect);
        world.takeAll(before, false);
        return world;
    }

    /**
     * Runs reads of shards of the index without the instance; their order is no choice, since they see and change
     * nothing that matters to others.
     */
    private void settle(SteppedCalls world, List<SteppedCalls.Actor> actors) {
        String shard = "AllOf" + instance.id().value().charAt(0);
        world.settle();
        for (SteppedCalls.Actor actor : actors) {
            while (actor.wire.operation().startsWith("AllOf")
                    && !actor.wire.operation().equals(shard)) {
                actor.wire.step();
                world.settle();
            }
        }
    }

    private static Object state(SteppedCalls world, List<SteppedCalls.Actor> actors) {
        return List.of(
                world.remembered(),
                actors.stream().map(SteppedCalls.Actor::state).toList());
    }

    /** Returns the possible next moves. */
    private List<Runnable> moves(List<SteppedCalls.Actor> actors) {
        boolean mayDie = actors.stream().filter(SteppedCalls.Actor::died).count() < deaths;
        List<Runnable> moves = new ArrayList<>();
        for (SteppedCalls.Actor actor : actors) {
            if (actor.ready()) {
                moves.add(actor.wire::step);
                if (mayDie && (deaths > 1 || actor.equals(actors.getFirst()))) {
                    moves.add(actor.wire::dieBefore);
                    moves.add(actor.wire::dieAfter);
                }
            }
        }
        return moves;
    }
}
