package dev.linkedrole.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Calls that wait until somebody lets them through, one by one. */
final class SteppedWire implements Wire {

    private final MortalProcess process;
    private final Witness witness;
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private long heard;

    SteppedWire(MortalProcess process, Witness witness) {
        this.process = process;
        this.witness = witness;
    }

    private record Waiting<T>(
            Service service, String operation, String purpose, Supplier<T> effect, CompletableFuture<T> answer) {}

    @Override
    public <T> CompletableFuture<T> call(Service service, String operation, Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (process.lives()) {
            waiting.add(new Waiting<>(service, operation, process.doing(), effect, answer));
        }
        return answer;
    }

    boolean isWaiting() {
        return process.lives() && !waiting.isEmpty();
    }

    /** What the next call is made for, and its operation. */
    String next() {
        Waiting<?> next = waiting.element();
        return next.purpose() + " > " + next.operation();
    }

    /** The next call's operation; nothing if there is none. */
    String operation() {
        return isWaiting() ? waiting.element().operation() : "";
    }

    /**
     * A number for all answers that the process has had. It knows nothing else, so that two of which this is the same will do the same.
     */
    long heard() {
        return heard;
    }

    private void hear(Waiting<?> call, Object answer) {
        heard = heard * 0x100000001b3L + call.operation().hashCode();
        heard = heard * 0x100000001b3L
                + (answer instanceof Throwable refusal ? String.valueOf(refusal.getMessage()) : answer).hashCode();
    }

    /** Lets the next call through, and its answer back. */
    void step() {
        step(waiting.remove(), true);
    }

    /** The next call fails, and takes no effect. */
    void fail() {
        Waiting<?> next = waiting.remove();
        process.during(
                next.purpose(), () -> next.answer().completeExceptionally(SdkClientException.create("it fails")));
    }

    /** The process dies before its next call. */
    void dieBefore() {
        process.die();
    }

    /** The next call takes effect, and the process dies before it hears of it. */
    void dieAfter() {
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
        } catch (RuntimeException refusal) {
            if (isHeard) {
                hear(call, refusal);
                process.during(call.purpose(), () -> call.answer().completeExceptionally(refusal));
            }
        }
    }
}
