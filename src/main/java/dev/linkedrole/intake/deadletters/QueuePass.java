package dev.linkedrole.intake.deadletters;

import java.util.Optional;

/**
 * Outcome of reading one dead-letter queue.
 *
 * @param queue name of the queue that its messages were sent to
 * @param deadLetterQueue its name; empty if it was not found
 * @param messages approximate number of its messages before, hidden ones included
 * @param read number of messages that were read
 * @param complete true if no further message was visible, or none was looked for; false if a bound ended the pass
 * @param problem reason why it was not read to the end
 */
public record QueuePass(
        String queue,
        Optional<String> deadLetterQueue,
        long messages,
        int read,
        boolean complete,
        Optional<String> problem) {}
