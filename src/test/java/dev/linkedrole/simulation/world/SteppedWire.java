package dev.linkedrole.simulation.world;

import dev.linkedrole.simulation.checks.CallObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Wire whose calls wait until they are let through, one by one. */
public final class SteppedWire implements Wire {

    private final CrashingProcess process;
    private final CallObserver witness;
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private long heard;

    SteppedWire(CrashingProcess process, CallObserver witness) {
        this.process = process;
        this.witness = witness;
    }

    private record Waiting<T>(
            ModelService service, String operation, String purpose, Supplier<T> effect, CompletableFuture<T> answer) {}

    @Override
    public <T> CompletableFuture<T> call(ModelService service, String operation, Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (process.lives()) {
            waiting.add(new Waiting<>(service, operation, process.doing(), effect, answer));
        }
        return answer;
    }

    boolean isWaiting() {
        return process.lives() && !waiting.isEmpty();
    }

    /** Returns the purpose of the next call, and its operation. */
    public String next() {
        Waiting<?> next = waiting.element();
        return next.purpose() + " > " + next.operation();
    }

    /** Returns the next call's operation; empty if there is none. */
    public String operation() {
        return isWaiting() ? waiting.element().operation() : "";
    }

    /**
     * Returns a digest of all answers that the process has received. The process knows nothing else, so equal digests
     * mean equal behavior.
     */
    long heard() {
        return heard;
    }

    private void hear(Waiting<?> call, Object answer) {
        heard = heard * 0x100000001b3L + call.operation().hashCode();
        heard = heard * 0x100000001b3L
                + (answer instanceof Throwable rejection ? String.valueOf(rejection.getMessage()) : answer).hashCode();
    }

    /** Lets the next call through, and its answer back. */
    public void step() {
        step(waiting.remove(), true);
    }

    /** Fails the next call without effect. */
    public void fail() {
        Waiting<?> next = waiting.remove();
        process.during(
                next.purpose(), () -> next.answer().completeExceptionally(SdkClientException.create("it fails")));
    }

    /** Kills the process before its next call. */
    public void dieBefore() {
        process.die();
    }

    /** Lets the next call take effect, and kills the process before the answer. */
    public void dieAfter() {
        step(waiting.remove(), false);
        process.die();
    }

    private <T> void step(Waiting<T> call, boolean isHeard) {
        try {
            T result = call.effect().get();
            witness.tookEffect(process, call.service(), call.operation());
            if (isHeard) {
                hear(call, result);
                process.during(call.purpose(), () -> call.answer().complete(result));
            }
        } catch (RuntimeException rejection) {
            if (isHeard) {
                hear(call, rejection);
                process.during(call.purpose(), () -> call.answer().completeExceptionally(rejection));
            }
        }
    }
}
