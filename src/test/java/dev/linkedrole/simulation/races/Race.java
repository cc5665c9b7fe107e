package dev.linkedrole.simulation.races;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.faults.Fault;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.function.Function;

/**
 * History of an instance until a process dies.
 *
 * @param act the action during which the process dies
 * @param events all events of the instance so far, that of the action last
 * @param isLarge true if its role outgrows its inline policy
 * @param isPublished true if outcomes are published
 */
record Race(
        String name,
        Action act,
        Function<Instance, List<RoleEvent>> events,
        boolean isLarge,
        boolean isPublished,
        InitialState prelude,
        Fault trouble) {

    static Race of(String name, Action act, Function<Instance, List<RoleEvent>> events) {
        return new Race(name, act, events, false, false, InitialState.NOTHING, Fault.NONE);
    }

    Race large() {
        return new Race(name, act, events, true, isPublished, prelude, trouble);
    }

    Race telling() {
        return new Race(name, act, events, isLarge, true, prelude, trouble);
    }

    Race after(InitialState first) {
        return new Race(name, act, events, isLarge, isPublished, first, trouble);
    }

    Race amid(Fault other) {
        return new Race(name, act, events, isLarge, isPublished, prelude, other);
    }

    /** Runs the history up to the beginning of the action. */
    RaceRun begin() {
        return new RaceRun(this, Instance.random());
    }
}
