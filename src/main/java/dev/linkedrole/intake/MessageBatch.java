package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Delivery;
import java.util.List;

/**
 * The messages of one receive call. A channel passes batches, so that up to ten messages share its cost.
 *
 * @param deliveries at least one, in the order in which the queue gave them; each is settled by itself
 */
public record MessageBatch(List<Delivery> deliveries) {

    public MessageBatch {
        deliveries = List.copyOf(deliveries);
    }
}
