package dev.linkedrole.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The death of a replica: at which of its calls, and whether that one still takes effect without an answer. */
public final class CrashPlan {

    private final int lastCall;
    private final boolean takesEffect;
    private final AtomicInteger calls = new AtomicInteger();

    public CrashPlan(int lastCall, boolean takesEffect) {
        this.lastCall = lastCall;
        this.takesEffect = takesEffect;
    }

    /**
     * Runs an action once for every call that it takes, by a process that dies before and after it, until it takes no more.
     *
     * @param most more calls than it takes
     * @param life makes its calls by this mortality
     */
    public static void ofEveryCall(int most, Consumer<CrashPlan> life) {
        for (boolean takesEffect : List.of(false, true)) {
            boolean died = true;
            for (int lastCall = 1; died; lastCall++) {
                assertThat(lastCall).isLessThan(most);
                CrashPlan mortality = new CrashPlan(lastCall, takesEffect);
                life.accept(mortality);
                died = mortality.died();
            }
        }
    }

    /** The plan of a process that lives. */
    public static CrashPlan never() {
        return new CrashPlan(Integer.MAX_VALUE, false);
    }

    /** Makes a call, or dies of it. Who is dead makes no more calls. */
    public <T> Uni<T> live(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            int number = calls.incrementAndGet();
            if (number < lastCall) {
                return call.get();
            }
            Uni<T> death = Uni.createFrom().failure(new DeathException());
            return number == lastCall && takesEffect ? call.get().chain(() -> death) : death;
        });
    }

    /**
     * The same for a call that is made elsewhere: the beginning of it.
     *
     * @return whether it is the last one, whose answer is lost
     * @throws DeathException if it is not made any more
     */
    boolean beginCall() {
        int number = calls.incrementAndGet();
        if (number > lastCall || (number == lastCall && !takesEffect)) {
            throw new DeathException();
        }
        return number == lastCall;
    }

    public boolean died() {
        return calls.get() >= lastCall;
    }

    @Override
    public String toString() {
        return "dead " + (takesEffect ? "after" : "before") + " call " + lastCall;
    }

    /** The death as its survivors see it. */
    public static final class DeathException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeathException() {
            super("dead", null, false, false);
        }
    }
}
