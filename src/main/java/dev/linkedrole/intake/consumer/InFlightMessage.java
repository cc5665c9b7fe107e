package dev.linkedrole.intake.consumer;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message in flight with the state of its settlement. */
final class InFlightMessage implements Delivery {

    /** Disposition of a settled message. */
    enum Disposition {
        DELETED,
        RETURNED
    }

    /** Receiver of the dispositions of messages. */
    interface Settlement {
        void settle(InFlightMessage message, Disposition disposition);

        void reject(InFlightMessage message, RejectReason reason);
    }

    private final ReceivedMessage message;
    private final Instant since;
    private final Settlement settlement;
    private final AtomicBoolean said = new AtomicBoolean();

    private Instant extended;
    private boolean extending;
    private boolean settled;
    private Runnable afterExtension = () -> {};

    InFlightMessage(ReceivedMessage message, Instant since, Settlement settlement) {
        this.message = message;
        this.since = since;
        this.extended = since;
        this.settlement = settlement;
    }

    @Override
    public ReceivedMessage message() {
        return message;
    }

    Instant since() {
        return since;
    }

    @Override
    public void ack() {
        if (said.compareAndSet(false, true)) {
            settlement.settle(this, Disposition.DELETED);
        }
    }

    @Override
    public void nack() {
        if (said.compareAndSet(false, true)) {
            settlement.settle(this, Disposition.RETURNED);
        }
    }

    @Override
    public void reject(RejectReason reason) {
        if (said.compareAndSet(false, true)) {
            settlement.reject(this, reason);
        }
    }

    /** Runs the settling action; after a visibility extension that is in flight, since the extension would undo it. */
    void settle(Runnable act) {
        synchronized (this) {
            settled = true;
            if (extending) {
                afterExtension = act;
                return;
            }
        }
        act.run();
    }

    /**
     * Begins a visibility extension, if one is due.
     *
     * @param before time of the last extension up to which the next one is due
     */
    synchronized boolean beginExtension(Instant before) {
        if (settled || extending || extended.isAfter(before)) {
            return false;
        }
        extending = true;
        return true;
    }

    /**
     * Ends a visibility extension.
     *
     * @param until time of this extension if it succeeded, otherwise of the last one
     */
    void endExtension(Instant until) {
        Runnable act;
        synchronized (this) {
            extending = false;
            extended = until;
            act = afterExtension;
        }
        act.run();
    }

    synchronized Instant extended() {
        return extended;
    }
}
