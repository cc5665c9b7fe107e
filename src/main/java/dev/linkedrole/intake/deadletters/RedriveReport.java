package dev.linkedrole.intake.deadletters;

import java.time.Instant;
import java.util.List;

/**
 * Outcome of a redrive.
 *
 * @param redrivenAt the time that redriven messages bear
 * @param queues outcome of each queue
 */
public record RedriveReport(Instant redrivenAt, List<QueueRedrive> queues) {

    public RedriveReport {
        queues = List.copyOf(queues);
    }

    /**
     * Outcome of a redrive of one dead-letter queue.
     *
     * @param pass how far it was read
     * @param redriven number of messages sent to their queue
     * @param duplicated number of those that could not be deleted: another redrive sends them once more
     * @param kept number of messages that were read and not chosen
     * @param cameBack number of messages that this redrive sent and that were rejected again while it ran
     * @param failed number of chosen messages that could not be sent, and stay
     */
    public record QueueRedrive(QueuePass pass, int redriven, int duplicated, int kept, int cameBack, int failed) {}
}
