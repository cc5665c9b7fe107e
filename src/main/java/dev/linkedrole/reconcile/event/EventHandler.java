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
 * Takes events all the way: decided, recorded, and in force in IAM.
 *
 * <p>Those of one instance that come while something is being done with it wait, and are then taken together, in one {@link EventBatch}.
 */
public final class EventHandler {

    /**
     * Events of an instance that may wait for what takes long. Of the 320 messages that may be in flight by default, sixteen such instances,
     * half as many as are worked on at once, then take all: more for each would take the room from other instances earlier.
     */
    private static final int MAX_BEHIND_SLOW = 20;

    private final EventBatchContext context;
    private final KeyedSerialExecutor lanes;
    private final Accounts accounts;
    private final AccountBulkhead places;
    private final PendingEvents gathering = new PendingEvents();
    private volatile boolean stopping;

    /** @param lanes in which everything that is done to a role in this process takes its turn */
    public EventHandler(EventBatchContext context, KeyedSerialExecutor lanes, Accounts accounts, Limits limits) {
        this.context = context;
        this.lanes = lanes;
        this.accounts = accounts;
        this.places = new AccountBulkhead(limits.instances(), limits.slowAfter(), accounts::stalled, context.retry());
    }

    /**
     * Bounds on concurrent work.
     *
     * @param instances maximum number of instances worked on, at least 1
     * @param slowAfter after how long it is looked whether an instance's account says anything; if not, it keeps no place from others
     */
    public record Limits(int instances, Duration slowAfter) {}

    /**
     * Records an event and reconciles its role. May be repeated, at once or later, here or elsewhere.
     *
     * @param redelivered whether the message was received before: then its first receiver may have died after writing to IAM, and the role
     *     is compared with IAM itself
     * @return fails with {@link RejectedException} if the event cannot be accepted, with anything else if it has to be
     *     tried again; {@link NotBegunException} if it was not even begun
     */
    public Uni<HandlingResult> handle(RoleEvent event, boolean redelivered) {
        return Uni.createFrom()
                .deferred(() ->
                        handle(List.of(new ReceivedEvent(event, redelivered))).getFirst());
    }

    /**
     * Handles events that came together. The work begins now, independent of subscribers to its end.
     *
     * @return what becomes of each, in the same order, as {@link #handle(RoleEvent, boolean)} says
     */
    public List<Uni<HandlingResult>> handle(List<ReceivedEvent> arrivals) {
        List<Uni<HandlingResult>> ends = new ArrayList<>(arrivals.size());
        Map<InstanceArn, List<PendingEvent>> byInstance = new LinkedHashMap<>();
        for (ReceivedEvent arrival : arrivals) {
            PendingEvent waiting = new PendingEvent(arrival);
            ends.add(waiting.handled());
            InstanceArn instance = arrival.event().instance();
            Optional<Rejection> objection = objection(instance);
            if (objection.isPresent()) {
                waiting.fail(new RejectedException(objection.get()));
            } else {
                byInstance.computeIfAbsent(instance, arn -> new ArrayList<>()).add(waiting);
            }
        }
        byInstance.forEach(this::gather);
        return ends;
    }

    private Optional<Rejection> objection(InstanceArn instance) {
        return accounts.objection(instance)
                .map(why -> new Rejection(Rejection.Reason.OTHER_PARTITION, "instanceArn " + instance + " " + why));
    }

    private void gather(InstanceArn instance, List<PendingEvent> events) {
        if (places.slow(instance.id()) && gathering.count(instance.id()) >= MAX_BEHIND_SLOW) {
            SlowInstanceException slow = new SlowInstanceException(instance.id());
            events.forEach(waiting -> waiting.fail(slow));
            return;
        }
        if (gathering.add(instance.id(), events)) {
            begin(instance);
        }
    }

    /** Handles one batch after the other, as long as events are left over. */
    private void begin(InstanceArn instance) {
        inTurn(instance)
                .replaceWith(() -> gathering.count(instance.id()))
                .repeat()
                .whilst(left -> left > 0)
                .subscribe()
                .with(left -> {});
    }

    private Uni<Void> inTurn(InstanceArn instance) {
        return Uni.createFrom().deferred(() -> {
            EventBatch unit = new EventBatch(instance.id(), () -> gathering.take(instance.id()), context);
            return lanes.inTurn(
                            instance.id(),
                            () -> gathering.count(instance.id()) == 0
                                    ? Uni.createFrom().voidItem()
                                    : places.in(instance, () -> unlessStopping(unit)))
                    .onFailure()
                    .invoke(unit::fail)
                    .onFailure()
                    .recoverWithNull();
        });
    }

    /** For those that had to wait for the instance or for a place, which may be much later. */
    private Uni<Void> unlessStopping(EventBatch unit) {
        return stopping ? Uni.createFrom().failure(new StoppingException()) : unit.run();
    }

    /** Begins nothing more: what waits now, and what comes, fails with {@link StoppingException}. What has begun is finished. */
    public void stop() {
        stopping = true;
    }
}
