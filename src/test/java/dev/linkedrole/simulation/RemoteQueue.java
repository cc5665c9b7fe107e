package dev.linkedrole.simulation;

import dev.linkedrole.intake.queue.MessageQueue;
import dev.linkedrole.intake.queue.ReceivedMessage;
import dev.linkedrole.role.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A process's way to the queue. */
final class RemoteQueue implements MessageQueue {

    private static final Duration LEAST = Duration.ofMillis(20);

    private final World world;
    private final MortalProcess process;
    private final Network network;
    private final ModelQueue queue;

    RemoteQueue(World world, MortalProcess process, Network network, ModelQueue queue) {
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
    public Uni<List<ReceivedMessage>> receive(int most) {
        return Uni.createFrom().emitter(answer -> receive(most, answer));
    }

    /** Many long polls, one after the other, are told as one: that nothing came is of no interest. */
    private void receive(int most, UniEmitter<? super List<ReceivedMessage>> answer) {
        var _ = network.call(Service.QUEUE, "ReceiveMessage", () -> queue.receive(most))
                .whenComplete((received, failure) -> {
                    if (failure != null) {
                        answer.fail(failure);
                    } else if (received.isEmpty()) {
                        queue.whenAnything(process, LEAST, () -> receive(most, answer));
                    } else {
                        answer.complete(received);
                    }
                });
    }

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

    /** Some entries of a call may fail where others do not. */
    private <T> Uni<List<FailedEntry>> each(String operation, List<T> entries, Consumer<T> effect) {
        return call(operation, () -> {
            List<FailedEntry> failed = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (world.chance.hits(world.weather().faulty())) {
                    failed.add(new FailedEntry(i, "this entry failed", false));
                } else {
                    effect.accept(entries.get(i));
                }
            }
            return failed;
        });
    }

    @Override
    public Uni<Void> refuse(ReceivedMessage message, Refusal refusal) {
        return call("SendMessage", () -> {
                    queue.bury(
                            message.id(),
                            message.body(),
                            Optional.of(refusal.reason().code()));
                    return true;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return Uni.createFrom().completionStage(() -> network.call(Service.QUEUE, operation, effect));
    }
}
