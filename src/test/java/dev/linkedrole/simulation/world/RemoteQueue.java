package dev.linkedrole.simulation.world;

import dev.linkedrole.intake.consumer.MessageQueue;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.consumer.RejectReason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Access of a process to the queue. */
final class RemoteQueue implements MessageQueue {

    private static final Duration LEAST = Duration.ofMillis(20);

    /** Long poll of the default configuration. */
    private static final Duration LONG_POLL = Duration.ofSeconds(5);

    private final World world;
    private final CrashingProcess process;
    private final Network network;
    private final ModelQueue queue;
    private final Set<Poll> polls = new LinkedHashSet<>();
    private boolean stopping;

    RemoteQueue(World world, CrashingProcess process, Network network, ModelQueue queue) {
        this.world = world;
        this.process = process;
        this.network = network;
        this.queue = queue;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Uni<Traits> open() {
        return call("GetQueueAttributes", () -> new Traits(false, ModelQueue.VISIBILITY_TIMEOUT));
    }

    @Override
    public Uni<List<ReceivedMessage>> receive(int most, Duration timeout) {
        return Uni.createFrom().emitter(answer -> {
            Poll poll = new Poll(most, timeout, answer);
            polls.add(poll);
            answer.onTermination(() -> abandon(poll));
            receive(poll);
        });
    }

    /** Receives messages. Consecutive empty long polls are one line of the trace. */
    private void receive(Poll poll) {
        if (stopping) {
            end(poll, List.of());
            return;
        }
        var _ = network.call(ModelService.QUEUE, "ReceiveMessage", () -> queue.receive(poll.most, poll.timeout))
                .whenComplete((received, failure) -> {
                    if (failure != null) {
                        polls.remove(poll);
                        poll.answer.fail(failure);
                    } else if (received.isEmpty()) {
                        queue.whenAnything(process, LEAST, () -> receive(poll));
                    } else {
                        end(poll, received);
                    }
                });
    }

    private void end(Poll poll, List<ReceivedMessage> received) {
        if (polls.remove(poll)) {
            poll.answer.complete(received);
        }
    }

    /** Stops the process: each of its long polls is the last one, and ends after its time. */
    void stop() {
        stopping = true;
        List.copyOf(polls).forEach(poll -> world.time.in(left(), process, () -> end(poll, List.of())));
    }

    /** Ends the process by its death; its receive calls in progress are served all the same. */
    void abandon() {
        List.copyOf(polls).forEach(this::abandon);
    }

    private void abandon(Poll poll) {
        if (polls.remove(poll)) {
            queue.serveNobody(poll.most, poll.timeout, left());
        }
    }

    /** Returns the time until a long poll in progress ends. */
    private Duration left() {
        return world.chance.between(Duration.ZERO, LONG_POLL);
    }

    /** A receive call in progress. */
    private record Poll(int most, Duration timeout, UniEmitter<? super List<ReceivedMessage>> answer) {}

    @Override
    public Uni<List<FailedEntry>> delete(List<ReceivedMessage> messages) {
        return each("DeleteMessageBatch", messages, queue::delete);
    }

    @Override
    public Uni<List<FailedEntry>> changeVisibility(List<VisibilityChange> changes) {
        return each(
                "ChangeMessageVisibilityBatch",
                changes,
                change -> queue.hide(change.message(), Duration.ofSeconds(change.seconds())));
    }

    /** Makes a batch call, some entries of which may fail. */
    private <T> Uni<List<FailedEntry>> each(String operation, List<T> entries, Consumer<T> effect) {
        return call(operation, () -> {
            List<FailedEntry> failed = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (world.chance.hits(world.faultProfile().faulty())) {
                    failed.add(new FailedEntry(i, "this entry failed", false));
                } else {
                    effect.accept(entries.get(i));
                }
            }
            return failed;
        });
    }

    @Override
    public Uni<Void> reject(ReceivedMessage message, RejectReason reason) {
        return call("SendMessage", () -> {
                    queue.bury(message.id(), message.body(), Optional.of(reason.code()));
                    return true;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return Uni.createFrom().completionStage(() -> network.call(ModelService.QUEUE, operation, effect));
    }
}
