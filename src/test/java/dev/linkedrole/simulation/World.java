package dev.linkedrole.simulation;

/** What all have in common: the time, the chance, the weather, and what is told of them. */
final class World {

    final Chance chance;
    final VirtualTime time;
    final Trace trace;
    final Outages outages;
    final Clocks clocks;
    private Weather weather;

    World(long seed, boolean traced) {
        this.chance = new Chance(seed);
        this.time = new VirtualTime(chance);
        this.trace = new Trace(time, traced);
        this.weather = Weather.of(chance);
        this.outages = new Outages(time);
        this.clocks = new Clocks(seed, time);
    }

    /** One in which nothing goes wrong by itself. */
    static World calm() {
        World world = new World(0, false);
        world.change(world.weather().cleared());
        return world;
    }

    Weather weather() {
        return weather;
    }

    void change(Weather other) {
        weather = other;
    }
}
