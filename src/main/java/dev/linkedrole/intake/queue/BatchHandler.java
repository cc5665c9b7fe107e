package dev.linkedrole.intake.queue;

import java.util.List;

/** What is done with messages. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Takes the messages of one receive in flight. Returns soon, and sees to it that each delivery is {@linkplain Delivery settled} once,
     * now or later, from any thread. Until then it counts against what may be in flight, and is kept from coming again.
     *
     * <p>Should this fail, what is not settled by then is put back.
     *
     * @param batch at least one, in the order in which the queue gave them
     */
    void handle(List<Delivery> batch);
}
