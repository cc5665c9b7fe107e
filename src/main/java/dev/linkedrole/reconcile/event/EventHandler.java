package dev.linkedrole.reconcile.event;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.reconcile.concurrency.AccountBulkhead;
import dev.linkedrole.reconcile.concurrency.KeyedSerialExecutor;
import dev.linkedrole.reconcile.concurrency.NotBegunException;
import dev.linkedrole.reconcile.concurrency.SlowInstanceException;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handles events completely: decides and records them, and reconciles their roles.
 *
 * <p>Events of an instance that arrive while it is being worked on wait, and are then handled together, in one {@link
 * EventBatch}.
 */
public final class EventHandler {

    /**
     * Maximum number of waiting events of an instance whose work takes long. Of the 320 messages that may be in flight
     * by default, sixteen such instances, half as many as are worked on at once, use up all: a higher maximum would
     * block other instances earlier.
     */
    private static final int MAX_BEHIND_SLOW = 20;

    private final EventBatchContext context;
    private final KeyedSerialExecutor executor;
    private final Accounts accounts;
    private final AccountBulkhead bulkhead;
    private final PendingEvents pendingEvents = new PendingEvents();
    private volatile boolean stopping;

    /** @param executor serializes all work on one role in this process */
    public EventHandler(EventBatchContext context, KeyedSerialExecutor executor, Accounts accounts, Limits limits) {
        this.context = context;
        this.executor = executor;
        this.accounts = accounts;
        this.bulkhead =
                new AccountBulkhead(limits.instances(), limits.stallThreshold(), accounts::stalled, context.retry());
    }

    /**
     * Bounds on concurrent work.
     *
     * @param instances maximum number of instances worked on, at least 1
     * @param stallThreshold time without an answer after which an account counts as stalled and its work gives up its
     *     slot
     */
    public record Limits(int instances, Duration stallThreshold) {}

    /**
     * Records an event and reconciles its role. May be repeated at any time, on any replica.
     *
     * @param redelivered true if the message was received before: then its first receiver may have died after writing
     *     to IAM, and the role is compared with IAM itself
     * @return fails with {@link RejectedException} if the event cannot be accepted, with any other failure if it has to
     *     be retried; {@link NotBegunException} if it was not begun
     */
    public Uni<HandlingResult> handle(RoleEvent event, boolean redelivered) {
        return Uni.createFrom()
                .deferred(() ->
                        handle(List.of(new ReceivedEvent(event, redelivered))).getFirst());
    }

    /**
     * Handles events that were received together. The work begins now, independent of subscribers to its end.
     *
     * @return the result of each, in the same order, as of {@link #handle(RoleEvent, boolean)}
     */
    public List<Uni<HandlingResult>> handle(List<ReceivedEvent> events) {
        List<Uni<HandlingResult>> ends = new ArrayList<>(events.size());
        Map<InstanceArn, List<PendingEvent>> byInstance = new LinkedHashMap<>();
        for (ReceivedEvent received : events) {
            PendingEvent pending = new PendingEvent(received);
            ends.add(pending.handled());
            InstanceArn instance = received.event().instance();
            Optional<Rejection> objection = objection(instance);
            if (objection.isPresent()) {
                pending.fail(new RejectedException(objection.get()));
            } else {
                byInstance.computeIfAbsent(instance, arn -> new ArrayList<>()).add(pending);
            }
        }
        byInstance.forEach(this::enqueue);
        return ends;
    }

    private Optional<Rejection> objection(InstanceArn instance) {
        return accounts.objection(instance)
                .map(why -> new Rejection(Rejection.Reason.OTHER_PARTITION, "instanceArn " + instance + " " + why));
    }

    private void enqueue(InstanceArn instance, List<PendingEvent> events) {
        if (bulkhead.slow(instance.id()) && pendingEvents.count(instance.id()) >= MAX_BEHIND_SLOW) {
            SlowInstanceException slow = new SlowInstanceException(instance.id());
            events.forEach(pending -> pending.fail(slow));
            return;
        }
        if (pendingEvents.add(instance.id(), events)) {
            begin(instance);
        }
    }

    /** Handles one batch after the other, as long as events are waiting. */
    private void begin(InstanceArn instance) {
        execute(instance)
                .replaceWith(() -> pendingEvents.count(instance.id()))
                .repeat()
                .whilst(left -> left > 0)
                .subscribe()
                .with(left -> {});
    }

    private Uni<Void> execute(InstanceArn instance) {
        return Uni.createFrom().deferred(() -> {
            EventBatch batch = new EventBatch(instance.id(), () -> pendingEvents.take(instance.id()), context);
            return executor.execute(
                            instance.id(),
                            () -> pendingEvents.count(instance.id()) == 0
                                    ? Uni.createFrom().voidItem()
                                    : bulkhead.in(instance, () -> unlessStopping(batch)))
                    .onFailure()
                    .invoke(batch::fail)
                    .onFailure()
                    .recoverWithNull();
        });
    }

    /**
     * Runs a batch unless the service is stopping, since its events may have waited long for the instance or a slot.
     */
    private Uni<Void> unlessStopping(EventBatch batch) {
        return stopping ? Uni.createFrom().failure(new StoppingException()) : batch.run();
    }

    /**
     * Begins no more work: waiting and further events fail with {@link StoppingException}. Work that has begun is
     * finished.
     */
    public void stop() {
        stopping = true;
    }
}
