package dev.linkedrole.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Death of a replica: the number of the call at which it dies, and whether that call takes effect without an answer.
 */
public final class CrashPlan {

    private final int lastCall;
    private final boolean takesEffect;
    private final AtomicInteger calls = new AtomicInteger();

    public CrashPlan(int lastCall, boolean takesEffect) {
        this.lastCall = lastCall;
        this.takesEffect = takesEffect;
    }

    /**
     * Runs an action once for each of its calls, by a process that dies before the call, and by one that dies after it.
     *
     * @param most a number above that of its calls
     * @param life the action, which makes its calls by the plan
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

    /** Returns the plan of a process that does not die. */
    public static CrashPlan never() {
        return new CrashPlan(Integer.MAX_VALUE, false);
    }

    /** Makes a call, or dies of it. A dead process makes no more calls. */
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
     * Begins a call that is made elsewhere.
     *
     * @return true if it is the last call, whose answer is lost
     * @throws DeathException if the process is dead
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

    /** The death, as surviving processes see it. */
    public static final class DeathException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeathException() {
            super("dead", null, false, false);
        }
    }
}
