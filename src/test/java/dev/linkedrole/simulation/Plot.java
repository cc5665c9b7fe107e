package dev.linkedrole.simulation;

import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.function.Function;

/**
 * What happens to an instance until a process dies.
 *
 * @param act in the course of which it dies
 * @param events all events of the instance so far, the act's own last
 * @param isLarge whether its role outgrows its inline policy
 * @param isTold whether outcomes are told
 */
record Plot(
        String name,
        Act act,
        Function<Instance, List<RoleEvent>> events,
        boolean isLarge,
        boolean isTold,
        Prelude prelude,
        Trouble trouble) {

    static Plot of(String name, Act act, Function<Instance, List<RoleEvent>> events) {
        return new Plot(name, act, events, false, false, Prelude.NOTHING, Trouble.NONE);
    }

    Plot large() {
        return new Plot(name, act, events, true, isTold, prelude, trouble);
    }

    Plot telling() {
        return new Plot(name, act, events, isLarge, true, prelude, trouble);
    }

    Plot after(Prelude first) {
        return new Plot(name, act, events, isLarge, isTold, first, trouble);
    }

    Plot amid(Trouble other) {
        return new Plot(name, act, events, isLarge, isTold, prelude, other);
    }

    /** Plays it up to where the act begins. */
    Played begin() {
        return new Played(this, Instance.random());
    }
}
