package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a dead-letter queue. It receives batch after batch and hides what it has received, so that each message
 * comes once; at the end it returns all that is left. Messages and time are bounded. Used once, by one caller.
 */
final class Pass {

    /** Time after which no further batch is received. */
    static final Duration MAX_TIME = Duration.ofSeconds(20);

    /** Time for which received messages are hidden; longer than a pass, so that no message comes twice in it. */
    static final Duration HIDDEN = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    /** Time limit of one call, of which a receive waits up to a second. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 3;
    private static final Backoff BETWEEN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private static final int MAX_CONCURRENT_RETURNS = 8;

    private final DeadLetterQueue queue;
    private final Retry retry;
    private final InstantSource clock;
    private final int limit;
    private final Instant end;
    private final Set<String> seen = new HashSet<>();
    private final List<ReceivedMessage> left = new ArrayList<>();

    private boolean emptied;
    private boolean stopped;
    private Optional<String> problem = Optional.empty();

    /** @param limit maximum number of messages to read */
    Pass(DeadLetterQueue queue, Retry retry, InstantSource clock, int limit) {
        this.queue = queue;
        this.retry = retry;
        this.clock = clock;
        this.limit = limit;
        this.end = clock.instant().plus(MAX_TIME);
    }

    /**
     * Makes the pass. A failure ends it, and is in the result.
     *
     * @param batch handles the messages of one receive, and returns those that are left
     */
    Uni<QueuePass> run(Function<List<ReceivedMessage>, Uni<List<ReceivedMessage>>> batch) {
        return open().flatMap(traits -> Multi.createBy()
                        .repeating()
                        .uni(() -> step(batch))
                        .whilst(more -> more)
                        .collect()
                        .last()
                        .onFailure()
                        .invoke(failure -> problem = Optional.of(FailureText.of(failure)))
                        .onFailure()
                        .recoverWithItem(false)
                        .call(this::giveBack)
                        .map(ended -> result(traits)))
                .onFailure()
                .recoverWithItem(failure -> new QueuePass(
                        queue.queue(), Optional.empty(), 0, 0, false, Optional.of(FailureText.of(failure))));
    }

    private Uni<DeadLetterQueue.Traits> open() {
        return attempted(queue::open);
    }

    /** Ends the pass after this batch, since nothing further is looked for. */
    void finish() {
        stopped = true;
        emptied = true;
    }

    /** Ends the pass after this batch, since it fails. */
    void giveUp(Throwable failure) {
        stopped = true;
        problem = Optional.of(FailureText.of(failure));
    }

    /** Makes a call with a time limit, and tries it again a few times. */
    <T> Uni<T> attempted(Supplier<Uni<T>> call) {
        return retry.upTo(
                ATTEMPTS,
                BETWEEN,
                failure -> true,
                () -> retry.within(CALL_TIMEOUT, Uni.createFrom().deferred(() -> call.get())));
    }

    private QueuePass result(DeadLetterQueue.Traits traits) {
        return new QueuePass(
                queue.queue(),
                Optional.of(traits.name()),
                traits.messages(),
                seen.size(),
                emptied && problem.isEmpty(),
                problem);
    }

    /** Receives and handles a batch. True if another one is to be received. */
    private Uni<Boolean> step(Function<List<ReceivedMessage>, Uni<List<ReceivedMessage>>> batch) {
        int most = Math.min(DeadLetterQueue.MAX, limit - seen.size());
        return attempted(() -> queue.receive(most, HIDDEN)).flatMap(received -> {
            if (received.isEmpty()) {
                emptied = true;
                return Uni.createFrom().item(false);
            }
            // A message may come twice all the same: SQS delivers at least once.
            List<ReceivedMessage> fresh =
                    received.stream().filter(message -> seen.add(message.id())).toList();
            return batch.apply(fresh).invoke(this::keep).map(handled -> !stopped && seen.size() < limit && inTime());
        });
    }

    private boolean inTime() {
        return clock.instant().isBefore(end);
    }

    /** Keeps what it takes to return messages, and not their bodies, which may be large. */
    private void keep(List<ReceivedMessage> messages) {
        messages.forEach(message -> left.add(new ReceivedMessage(
                message.id(),
                message.receipt(),
                "",
                message.receiveCount(),
                message.groupId(),
                Optional.empty(),
                Map.of())));
    }

    private Uni<Void> giveBack() {
        return Multi.createFrom()
                .iterable(left)
                .group()
                .intoLists()
                .of(DeadLetterQueue.MAX)
                .onItem()
                .transformToUni(messages ->
                        attempted(() -> queue.giveBack(messages)).onFailure().recoverWithItem(messages.size()))
                .merge(MAX_CONCURRENT_RETURNS)
                .collect()
                .with(Collectors.summingInt(failed -> failed))
                .invoke(this::warn)
                .replaceWithVoid();
    }

    private void warn(int failed) {
        if (failed > 0) {
            LOG.atWarn()
                    .addKeyValue("queue", queue.queue())
                    .addKeyValue("messages", failed)
                    .log(
                            "Dead letters that were looked at could not be returned; they are visible again in {} s",
                            HIDDEN.toSeconds());
        }
    }
}
