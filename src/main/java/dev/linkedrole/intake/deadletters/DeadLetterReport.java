package dev.linkedrole.intake.deadletters;

import java.util.List;

/**
 * Messages found in the dead-letter queues.
 *
 * @param letters in the order in which they were received
 * @param queues how far each queue was read
 */
public record DeadLetterReport(List<DeadLetter> letters, List<QueuePass> queues) {

    public DeadLetterReport {
        letters = List.copyOf(letters);
        queues = List.copyOf(queues);
    }
}
