package dev.linkedrole.simulation.faults;

import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;

/** Deliveries with a fault. */
public final class PlantedDeliveries {

    private PlantedDeliveries() {}

    /** Returns a delivery that is deleted before it is handled. */
    public static Delivery doneFirst(Delivery sound) {
        sound.ack();
        return sound;
    }

    /** Returns a delivery that always claims to be the first. */
    public static Delivery first(Delivery sound) {
        ReceivedMessage message = sound.message();
        ReceivedMessage first = new ReceivedMessage(
                message.id(),
                message.receipt(),
                message.body(),
                1,
                message.groupId(),
                message.traceHeader(),
                message.attributes());
        return new Delivery() {
            @Override
            public ReceivedMessage message() {
                return first;
            }

            @Override
            public void ack() {
                sound.ack();
            }

            @Override
            public void reject(RejectReason reason) {
                sound.reject(reason);
            }

            @Override
            public void nack() {
                sound.nack();
            }
        };
    }
}
