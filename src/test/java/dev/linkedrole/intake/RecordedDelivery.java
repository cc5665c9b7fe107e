package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A message in flight that records its settlement. */
final class RecordedDelivery implements Delivery {

    final List<String> dispositions = new CopyOnWriteArrayList<>();

    private final ReceivedMessage message;

    RecordedDelivery(ReceivedMessage message) {
        this.message = message;
    }

    static RecordedDelivery of(String id) {
        return new RecordedDelivery(
                new ReceivedMessage(id, "receipt-" + id, "{}", 1, Optional.empty(), Optional.empty(), Map.of()));
    }

    @Override
    public ReceivedMessage message() {
        return message;
    }

    @Override
    public void ack() {
        dispositions.add("acknowledged");
    }

    @Override
    public void reject(RejectReason reason) {
        dispositions.add(reason.code());
    }

    @Override
    public void nack() {
        dispositions.add("returned");
    }
}
