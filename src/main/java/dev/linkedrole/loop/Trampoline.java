package dev.linkedrole.loop;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** Driver of a state machine: runs one step after the other, any number of them, on a stack of constant depth. */
public final class Trampoline {

    private Trampoline() {}

    /**
     * Runs steps until the state is a final one.
     *
     * @param step leads to the next state; not called again before that state is known
     * @return the last state; fails as soon as a step fails
     */
    public static <S> Uni<S> run(S first, Predicate<S> isLast, Function<S, Uni<S>> step) {
        if (isLast.test(first)) {
            return Uni.createFrom().item(first);
        }
        return Uni.createFrom().deferred(() -> {
            AtomicReference<S> state = new AtomicReference<>(first);
            return Uni.createFrom()
                    .deferred(() -> step.apply(state.get()))
                    .invoke(state::set)
                    .repeat()
                    .whilst(isLast.negate())
                    .collect()
                    .last();
        });
    }
}
