package dev.linkedrole.simulation;

import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is in a race.
 *
 * @param before what was done before
 * @param events what is then done at once, by a replica each
 * @param large whether the role outgrows its inline policy
 * @param resync whether another one compares all roles meanwhile
 * @param deaths how many of them may die; if it is one, the first
 * @param defect what is wrong with all of them
 */
record Cast(
        Instance instance,
        List<RoleEvent> before,
        List<RoleEvent> events,
        boolean large,
        boolean resync,
        int deaths,
        Defect defect) {

    /** Two sound ones, of which none dies. */
    static Cast of(Instance instance, List<RoleEvent> before, RoleEvent first, RoleEvent second) {
        return new Cast(instance, before, List.of(first, second), false, false, 0, Defect.NONE);
    }

    Cast withDeaths(int most) {
        return new Cast(instance, before, events, large, resync, most, defect);
    }

    Cast withResync() {
        return new Cast(instance, before, events, large, true, deaths, defect);
    }

    Cast outgrowing() {
        return new Cast(instance, before, events, true, resync, deaths, defect);
    }

    Cast with(Defect planted) {
        return new Cast(instance, before, events, large, resync, deaths, planted);
    }

    /** One event was taken before, and races no more. */
    Cast afterSecond() {
        List<RoleEvent> earlier = new ArrayList<>(before);
        earlier.add(events.getLast());
        return new Cast(instance, earlier, List.of(events.getFirst()), large, resync, deaths, defect);
    }

    /** Goes one way, and requires that all is right at its end. */
    void play(Exploration exploration) {
        Stepped world = world();
        List<Stepped.Actor> takers = events.stream()
                .map(event -> world.new Actor().take(event, false))
                .toList();
        List<Stepped.Actor> actors = new ArrayList<>(takers);
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

    /** Where it plays, when what was done before is done. */
    Stepped world() {
        List<RoleEvent> all = Stream.concat(before.stream(), events.stream()).toList();
        Stepped world =
                new Stepped(new Setting(large, false, false, false, 2, List.of(new Life(instance.arn(), all))), defect);
        world.takeAll(before, false);
        return world;
    }

    /** Looks into shards of the index in which the instance is not are no choice: they see and change nothing that anybody else does. */
    private void settle(Stepped world, List<Stepped.Actor> actors) {
        String shard = "AllOf" + instance.id().value().charAt(0);
        world.settle();
        for (Stepped.Actor actor : actors) {
            while (actor.wire.operation().startsWith("AllOf")
                    && !actor.wire.operation().equals(shard)) {
                actor.wire.step();
                world.settle();
            }
        }
    }

    private static Object state(Stepped world, List<Stepped.Actor> actors) {
        return List.of(
                world.remembered(), actors.stream().map(Stepped.Actor::state).toList());
    }

    /** All that can happen next. */
    private List<Runnable> moves(List<Stepped.Actor> actors) {
        boolean mayDie = actors.stream().filter(Stepped.Actor::died).count() < deaths;
        List<Runnable> moves = new ArrayList<>();
        for (Stepped.Actor actor : actors) {
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
