package dev.linkedrole.ledger;

import java.util.function.Consumer;

/** Rings when something was put into the {@link Outbox} here, so that it need not wait until somebody looks. */
public final class OutboxNotifier {

    private volatile Consumer<String> listener = lane -> {};

    /** From now on tells this one and nobody else, with the lane. It must not block, nor fail. */
    public void tell(Consumer<String> other) {
        listener = other;
    }

    public void ring(String lane) {
        listener.accept(lane);
    }
}
