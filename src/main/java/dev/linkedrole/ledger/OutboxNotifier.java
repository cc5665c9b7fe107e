package dev.linkedrole.ledger;

import java.util.function.Consumer;

/** Notifies the relay of new outcomes in the {@link Outbox}, so that they need not wait for its next poll. */
public final class OutboxNotifier {

    private volatile Consumer<String> listener = lane -> {};

    /** Sets the only listener, which is called with the lane. It must neither block nor fail. */
    public void setListener(Consumer<String> onlyListener) {
        listener = onlyListener;
    }

    public void ring(String lane) {
        listener.accept(lane);
    }
}
