package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.intake.deadletters.DeadLetter;
import dev.linkedrole.intake.deadletters.DeadLetterReport;
import dev.linkedrole.intake.deadletters.QueuePass;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of the messages in the dead-letter queues.
 *
 * @param groups the messages by their reason, the largest group first
 * @param queues how far each queue was read
 */
public record DeadLettersView(List<Group> groups, List<Queue> queues) {

    public static DeadLettersView of(DeadLetterReport report) {
        SortedMap<String, List<Letter>> byReason = report.letters().stream()
                .collect(Collectors.groupingBy(
                        DeadLetter::reason, TreeMap::new, Collectors.mapping(Letter::of, Collectors.toList())));
        return new DeadLettersView(
                byReason.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue().size(), group.getValue()))
                        .sorted(Comparator.comparingInt(Group::messages).reversed())
                        .toList(),
                report.queues().stream().map(Queue::of).toList());
    }

    /**
     * JSON view of the messages with one reason.
     *
     * @param reason its code; received-too-often if SQS moved the messages, unknown if it is not readable
     * @param messages number of the messages that were read
     */
    public record Group(String reason, int messages, List<Letter> letters) {}

    /**
     * JSON view of a message.
     *
     * @param id the id that the dead-letter queue gave it
     * @param queue the queue that it was sent to
     * @param detail the reason in words; absent if SQS moved it
     * @param rejectedAt time of the rejection; absent if SQS moved it
     * @param redrivenAt time of the last redrive, from which it has come back; absent if it was never redriven
     * @param instance the instance of its event, as far as it can be read
     * @param event the id of its event, as far as it can be read
     * @param source the producer of its event, as far as it can be read
     * @param type the type of its event, as far as it can be read
     * @param bytes length of its body
     * @param body its body, no more than the first 1,000 characters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Letter(
            String id,
            String queue,
            @Nullable String detail,
            @Nullable Instant rejectedAt,
            @Nullable Instant redrivenAt,
            @Nullable String instance,
            @Nullable String event,
            @Nullable String source,
            @Nullable String type,
            int bytes,
            String body) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(),
                    letter.queue(),
                    letter.detail().orElse(null),
                    letter.rejectedAt().orElse(null),
                    letter.redrivenAt().orElse(null),
                    letter.instance().map(InstanceId::value).orElse(null),
                    letter.event().map(EventId::id).orElse(null),
                    letter.event().map(EventId::source).orElse(null),
                    letter.type().orElse(null),
                    letter.bytes(),
                    letter.beginning());
        }
    }

    /**
     * JSON view of reading one queue.
     *
     * @param queue the queue that its messages were sent to
     * @param deadLetterQueue its name; absent if it was not found
     * @param messages approximate number of its messages before, by SQS
     * @param read number of messages that were read
     * @param complete false if messages may be left that were not read
     * @param problem the reason why it was not read to the end; absent if there was no failure
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Queue(
            String queue,
            @Nullable String deadLetterQueue,
            long messages,
            int read,
            boolean complete,
            @Nullable String problem) {

        static Queue of(QueuePass pass) {
            return new Queue(
                    pass.queue(),
                    pass.deadLetterQueue().orElse(null),
                    pass.messages(),
                    pass.read(),
                    pass.complete(),
                    pass.problem().orElse(null));
        }
    }
}
