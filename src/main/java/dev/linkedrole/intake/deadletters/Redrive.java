package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.deadletters.RedriveReport.QueueRedrive;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.LogText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Redrive of one dead-letter queue. Each message is sent to its queue first, and deleted here after that: a crash in
 * between leaves it in both, where it changes nothing, and never in neither. Used once.
 */
final class Redrive {

    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

    private final DeadLetterQueue queue;
    private final DeadLetterFilter filter;
    private final Instant at;
    private final RedriveMetrics metrics;
    private final Pass pass;

    private int redriven;
    private int duplicated;
    private int kept;
    private int cameBack;
    private int failed;
    private Optional<Throwable> failure = Optional.empty();

    /** @param at the time that redriven messages bear */
    Redrive(DeadLetterQueue queue, DeadLetterFilter filter, Instant at, RedriveMetrics metrics, Pass pass) {
        this.queue = queue;
        this.filter = filter;
        this.at = at;
        this.metrics = metrics;
        this.pass = pass;
    }

    Uni<QueueRedrive> run() {
        return pass.run(this::batch)
                .map(read -> new QueueRedrive(read, redriven, duplicated, kept, cameBack, failed))
                .invoke(this::logEnd);
    }

    /** A chosen message, and its description. */
    private record Chosen(ReceivedMessage message, DeadLetter letter) {}

    /** Handles the messages of one receive, and returns those that stay. */
    private Uni<List<ReceivedMessage>> batch(List<ReceivedMessage> messages) {
        List<ReceivedMessage> staying = new ArrayList<>();
        List<Chosen> chosen = new ArrayList<>();
        for (ReceivedMessage message : messages) {
            DeadLetter letter = DeadLetter.of(queue.queue(), message);
            if (letter.redrivenAt().filter(at::equals).isPresent()) {
                cameBack++;
                staying.add(message);
            } else if (filter.has(letter)) {
                chosen.add(new Chosen(message, letter));
            } else {
                kept++;
                staying.add(message);
            }
        }
        return sent(chosen, staying).flatMap(this::deleted).replaceWith(staying);
    }

    /**
     * Sends messages one after the other, since their order matters in a FIFO queue. After a failure the rest is not
     * tried, so that no message of a group overtakes another.
     *
     * @return messages that were sent; all others are added to those that stay
     */
    private Uni<List<ReceivedMessage>> sent(List<Chosen> chosen, List<ReceivedMessage> staying) {
        return Multi.createFrom()
                .iterable(chosen)
                .onItem()
                .transformToUniAndConcatenate(this::sent)
                .collect()
                .asList()
                .map(successes -> {
                    List<ReceivedMessage> sent = new ArrayList<>();
                    for (int i = 0; i < chosen.size(); i++) {
                        (successes.get(i) ? sent : staying).add(chosen.get(i).message());
                    }
                    return sent;
                });
    }

    private Uni<Boolean> sent(Chosen one) {
        if (failure.isPresent()) {
            failed();
            return Uni.createFrom().item(false);
        }
        return pass.attempted(() -> queue.send(one.message(), at))
                .invoke(() -> redriven(one.letter()))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(cause -> {
                    failure = Optional.of(cause);
                    pass.giveUp(cause);
                    failed();
                    return false;
                });
    }

    private void failed() {
        failed++;
        metrics.failed(queue.queue());
    }

    private void redriven(DeadLetter letter) {
        redriven++;
        metrics.redriven(queue.queue());
        if (filter.fulfilledBy(redriven)) {
            pass.finish();
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("queue", queue.queue());
        keys.put("message", letter.id());
        letter.instance().ifPresent(instance -> keys.put("instance", instance));
        letter.event().ifPresent(event -> keys.put("event", event));
        letter.type().ifPresent(type -> keys.put("type", LogText.bare(type)));
        keys.put("reason", letter.reason());
        LoggingEventBuilder line = LOG.atInfo();
        for (Map.Entry<String, Object> key : keys.entrySet()) {
            line = line.addKeyValue(key.getKey(), key.getValue());
        }
        line.log("Redriven");
    }

    private Uni<Void> deleted(List<ReceivedMessage> sent) {
        if (sent.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Undeleted undeleted = new Undeleted(sent.size());
        // A deletion may be repeated, so the whole batch is.
        return pass.attempted(() -> queue.delete(sent).invoke(undeleted::requireNone))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(cause -> {
                    duplicated += undeleted.messages;
                    LOG.atWarn()
                            .addKeyValue("queue", queue.queue())
                            .addKeyValue("messages", undeleted.messages)
                            .log(
                                    "Redriven messages could not be deleted from the dead-letter queue; sent again they"
                                            + " change nothing: {}",
                                    FailureText.of(cause));
                    return null;
                });
    }

    /** Number of messages that the last attempt did not delete. */
    private static final class Undeleted {

        private int messages;

        Undeleted(int messages) {
            this.messages = messages;
        }

        void requireNone(int failed) {
            messages = failed;
            if (failed > 0) {
                throw new IllegalStateException(failed + " could not be deleted");
            }
        }
    }

    private void logEnd(QueueRedrive ended) {
        LOG.atLevel(ended.pass().problem().isPresent() ? Level.WARN : Level.INFO)
                .addKeyValue("queue", queue.queue())
                .addKeyValue("read", ended.pass().read())
                .addKeyValue("redriven", redriven)
                .addKeyValue("kept", kept)
                .addKeyValue("cameBack", cameBack)
                .addKeyValue("failed", failed)
                .log(
                        "Redrive of the dead-letter queue ended: {}",
                        ended.pass().problem().orElse("without a failure"));
    }
}
