package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.deadletters.RedriveReport.QueueRedrive;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The dead letters of all queues: looked at without consuming them, and redriven. */
public final class DeadLetters {

    private final List<DeadLetterQueue> queues;
    private final RedriveMetrics metrics;
    private final Retry retry;
    private final InstantSource clock;

    public DeadLetters(List<DeadLetterQueue> queues, RedriveMetrics metrics, Retry retry, InstantSource clock) {
        this.queues = List.copyOf(queues);
        this.metrics = metrics;
        this.retry = retry;
        this.clock = clock;
    }

    /** Names of the queues that have dead letters. */
    public List<String> queues() {
        return queues.stream().map(DeadLetterQueue::queue).toList();
    }

    /**
     * Looks at the chosen dead letters, in all queues at the same time. None is consumed; all that were read are hidden
     * from others for as long as it takes.
     *
     * @param limit maximum number of messages to read of each queue
     * @return fails with {@link NoDeadLetterQueueException} if no queue could be read
     */
    public Uni<DeadLetterReport> look(DeadLetterFilter filter, int limit) {
        List<DeadLetter> letters = new ArrayList<>();
        List<Uni<QueuePass>> passes = new ArrayList<>();
        for (DeadLetterQueue queue : chosen(filter)) {
            List<DeadLetter> found = new ArrayList<>();
            Pass pass = new Pass(queue, retry, clock, limit);
            passes.add(pass.run(messages -> look(queue, filter, messages, found, pass))
                    .invoke(ended -> add(found, letters)));
        }
        return Uni.join()
                .all(passes)
                .andFailFast()
                .invoke(DeadLetters::requireOne)
                .map(ended -> new DeadLetterReport(letters, ended));
    }

    private static Uni<List<ReceivedMessage>> look(
            DeadLetterQueue queue,
            DeadLetterFilter filter,
            List<ReceivedMessage> messages,
            List<DeadLetter> found,
            Pass pass) {
        messages.stream()
                .map(message -> DeadLetter.of(queue.queue(), message))
                .filter(filter::has)
                .forEach(found::add);
        if (filter.fulfilledBy(found.size())) {
            pass.finish();
        }
        return Uni.createFrom().item(messages);
    }

    /** Adds what was found in one queue; the passes end on any thread. */
    private static void add(List<DeadLetter> found, List<DeadLetter> letters) {
        synchronized (letters) {
            letters.addAll(found);
        }
    }

    /**
     * Sends the chosen dead letters to their queues again. Goes on if the caller cancels.
     *
     * @param limit maximum number of messages to read of each queue
     * @return fails with {@link NoDeadLetterQueueException} if no queue could be read
     */
    public Uni<RedriveReport> redrive(DeadLetterFilter filter, int limit) {
        Instant at = clock.instant();
        List<Uni<QueueRedrive>> redrives = new ArrayList<>();
        for (DeadLetterQueue queue : chosen(filter)) {
            redrives.add(new Redrive(queue, filter, at, metrics, new Pass(queue, retry, clock, limit)).run());
        }
        Uni<RedriveReport> all = Uni.join()
                .all(redrives)
                .andFailFast()
                .invoke(ended ->
                        requireOne(ended.stream().map(QueueRedrive::pass).toList()))
                .map(ended -> new RedriveReport(at, ended));
        return Uni.createFrom().emitter(caller -> all.subscribe().with(caller::complete, caller::fail));
    }

    private List<DeadLetterQueue> chosen(DeadLetterFilter filter) {
        return queues.stream().filter(queue -> filter.hasQueue(queue.queue())).toList();
    }

    private static void requireOne(List<QueuePass> passes) {
        if (passes.stream().allMatch(pass -> pass.read() == 0 && pass.problem().isPresent())) {
            throw new NoDeadLetterQueueException("no dead-letter queue could be read: "
                    + passes.stream()
                            .map(pass -> pass.queue() + ": " + pass.problem().orElse(""))
                            .collect(Collectors.joining("; ")));
        }
    }
}
