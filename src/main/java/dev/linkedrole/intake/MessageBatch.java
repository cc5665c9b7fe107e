package dev.linkedrole.intake;

import dev.linkedrole.intake.queue.Delivery;
import java.util.List;

/**
 * What one receive brought: the unit that goes through a channel, so that what a message costs there is shared by up to ten.
 *
 * @param deliveries at least one, in the order in which the queue gave them; each is settled by itself
 */
public record MessageBatch(List<Delivery> deliveries) {

    public MessageBatch {
        deliveries = List.copyOf(deliveries);
    }
}
