package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.intake.deadletters.RedriveReport;
import dev.linkedrole.intake.deadletters.RedriveReport.QueueRedrive;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a redrive.
 *
 * @param redrivenAt the time that the redriven messages bear; one that is rejected again shows it
 * @param redriven number of messages that were sent to their queues
 * @param queues the result of each queue
 */
public record RedriveView(Instant redrivenAt, int redriven, List<Queue> queues) {

    public static RedriveView of(RedriveReport report) {
        return new RedriveView(
                report.redrivenAt(),
                report.queues().stream().mapToInt(QueueRedrive::redriven).sum(),
                report.queues().stream().map(Queue::of).toList());
    }

    /**
     * JSON view of the redrive of one queue.
     *
     * @param queue the queue that the messages were sent to
     * @param deadLetterQueue its dead-letter queue; absent if it was not found
     * @param read number of messages that were read
     * @param redriven number of messages that were sent
     * @param duplicated number of those that could not be deleted here; to send them once more changes nothing
     * @param kept number of messages that were read and not chosen
     * @param cameBack number of messages that were sent and rejected again in the meantime
     * @param failed number of chosen messages that could not be sent, and stay
     * @param complete false if messages may be left that were not read
     * @param problem the reason why the redrive ended early; absent if there was no failure
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Queue(
            String queue,
            @Nullable String deadLetterQueue,
            int read,
            int redriven,
            int duplicated,
            int kept,
            int cameBack,
            int failed,
            boolean complete,
            @Nullable String problem) {

        static Queue of(QueueRedrive redrive) {
            return new Queue(
                    redrive.pass().queue(),
                    redrive.pass().deadLetterQueue().orElse(null),
                    redrive.pass().read(),
                    redrive.redriven(),
                    redrive.duplicated(),
                    redrive.kept(),
                    redrive.cameBack(),
                    redrive.failed(),
                    redrive.pass().complete(),
                    redrive.pass().problem().orElse(null));
        }
    }
}
