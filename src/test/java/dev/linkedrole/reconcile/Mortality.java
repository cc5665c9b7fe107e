package dev.linkedrole.reconcile;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** When a replica dies: at which of its calls, and whether that one still takes effect although nobody hears of it. */
final class Mortality {

    private final int lastCall;
    private final boolean takesEffect;
    private final AtomicInteger calls = new AtomicInteger();

    Mortality(int lastCall, boolean takesEffect) {
        this.lastCall = lastCall;
        this.takesEffect = takesEffect;
    }

    /** Makes a call, or dies of it. Who is dead makes no more calls. */
    <T> Uni<T> live(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            int number = calls.incrementAndGet();
            if (number < lastCall) {
                return call.get();
            }
            Uni<T> death = Uni.createFrom().failure(new DeathException());
            return number == lastCall && takesEffect ? call.get().chain(() -> death) : death;
        });
    }

    boolean died() {
        return calls.get() >= lastCall;
    }

    @Override
    public String toString() {
        return "dead " + (takesEffect ? "after" : "before") + " call " + lastCall;
    }

    /** What the survivors see of it. */
    static final class DeathException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeathException() {
            super("dead", null, false, false);
        }
    }
}
