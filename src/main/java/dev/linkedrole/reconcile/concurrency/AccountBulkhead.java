package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.loop.DrainLoop;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bulkhead: bounds the number of concurrent instances, and releases the slot of an instance whose account has stopped
 * answering. Work that waits for one account could otherwise use up the slots of all others. Such work gives its slot
 * to the next and continues without one. Only a few of each account may do so; further work of the account fails at
 * once.
 *
 * <p>Work of an account that answers, however slowly, keeps its slot: slots in use are what keeps the service from
 * receiving more than it can handle.
 */
public final class AccountBulkhead {

    /**
     * Maximum amount of work of one account without a slot. Each ends with the account's first answer or its own
     * timeout: of four that began one after the other, one ends in a quarter of that time on average, and finds out
     * whether the account answers again.
     */
    private static final int MAX_OF_ACCOUNT = 4;

    /**
     * Maximum amount of work without a slot in all: {@link #MAX_OF_ACCOUNT} of each of 32 accounts, as many as there are slots by
     * default.
     */
    private static final int MAX_WITHOUT_SLOT = 32 * MAX_OF_ACCOUNT;

    private final Duration stallThreshold;
    private final Predicate<InstanceArn> stalled;
    private final Retry retry;

    private final Queue<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private final Set<InstanceId> slow = ConcurrentHashMap.newKeySet();
    private final DrainLoop grants = new DrainLoop(this::grant);
    private final Map<String, Integer> withoutSlot = new HashMap<>();
    private int totalWithoutSlot;
    private int free;

    /**
     * @param most number of slots
     * @param stallThreshold time after which the account of unfinished work is checked
     * @param stalled true for an account that has stopped answering
     */
    public AccountBulkhead(int most, Duration stallThreshold, Predicate<InstanceArn> stalled, Retry retry) {
        this.free = most;
        this.stallThreshold = stallThreshold;
        this.stalled = stalled;
        this.retry = retry;
    }

    /**
     * Runs work once a slot is free.
     *
     * @return fails with {@link StalledAccountException}, without starting the work, if enough other work waits for the
     *     account
     */
    public <T> Uni<T> in(InstanceArn instance, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> slot = new CompletableFuture<>();
            enqueue(slot);
            grants.drain();
            return Uni.createFrom().completionStage(slot).chain(() -> begin(instance, work));
        });
    }

    private <T> Uni<T> begin(InstanceArn instance, Supplier<Uni<T>> work) {
        if (withoutSlotOf(instance.account()) >= MAX_OF_ACCOUNT && stalled.test(instance)) {
            release();
            return Uni.createFrom().failure(new StalledAccountException(instance));
        }
        Slot occupied = new Slot(instance);
        occupied.watch();
        return Uni.createFrom().deferred(() -> work.get()).onTermination().invoke(occupied::end);
    }

    /** True if work on an instance has taken so long that its account was checked. */
    public boolean slow(InstanceId instance) {
        return slow.contains(instance);
    }

    private synchronized int withoutSlotOf(String account) {
        return withoutSlot.getOrDefault(account, 0);
    }

    private synchronized void enqueue(CompletableFuture<Void> slot) {
        queue.add(slot);
    }

    private void release() {
        synchronized (this) {
            free++;
        }
        grants.drain();
    }

    private boolean grant() {
        CompletableFuture<Void> slot = next();
        if (slot == null) {
            return false;
        }
        slot.complete(null);
        return true;
    }

    private synchronized @Nullable CompletableFuture<Void> next() {
        if (free == 0 || queue.isEmpty()) {
            return null;
        }
        free--;
        return queue.remove();
    }

    private synchronized boolean mayGiveUpSlot(String account) {
        if (totalWithoutSlot == MAX_WITHOUT_SLOT) {
            return false;
        }
        totalWithoutSlot++;
        withoutSlot.merge(account, 1, Integer::sum);
        return true;
    }

    private synchronized void endWithoutSlot(String account) {
        totalWithoutSlot--;
        withoutSlot.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
    }

    /** A slot in use. */
    private final class Slot {
        private final InstanceArn instance;
        private boolean left;
        private boolean over;
        private Cancellable watch = () -> {};

        Slot(InstanceArn instance) {
            this.instance = instance;
        }

        synchronized void watch() {
            watch = retry.pause(stallThreshold).subscribe().with(ignored -> look());
        }

        private void look() {
            synchronized (this) {
                if (over) {
                    return;
                }
                slow.add(instance.id());
                if (!stalled.test(instance) || !mayGiveUpSlot(instance.account())) {
                    watch();
                    return;
                }
                left = true;
            }
            release();
        }

        void end() {
            synchronized (this) {
                over = true;
                slow.remove(instance.id());
                watch.cancel();
            }
            if (left) {
                endWithoutSlot(instance.account());
            } else {
                release();
            }
        }
    }
}
