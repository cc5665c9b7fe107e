package dev.linkedrole.intake.queue;

import java.util.concurrent.CompletableFuture;

/**
 * Whether another receive may begin. Each takes permits for all it may bring before it is sent, so that there is never more in flight than
 * there are permits, however slow the handling is.
 *
 * <p>One receive waits at a queue that is empty. Each that comes back full has one more wanted, so that the number doubles with each round
 * under load; each that comes back empty has one less.
 */
final class ReceivePermits {

    /** Large messages in flight keep others out. Each may be of 1 MiB. */
    static final long MAX_CHARACTERS = 64L * 1024 * 1024;

    private final int most;
    private final int ask;

    private int permits;
    private long characters;
    private int desired = 1;
    private int under;
    private int open;
    private boolean halted = true;
    private boolean stopped;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    ReceivePermits(ReceiverLimits limits) {
        this.most = limits.receives();
        this.ask = Math.min(MessageQueue.MAX, limits.inHand());
        this.permits = limits.inHand();
    }

    /** Takes the permits for a receive. @return how many messages it may ask for; 0 if none may begin now */
    synchronized int take() {
        if (halted || stopped || under >= desired || permits < ask || characters > MAX_CHARACTERS) {
            return 0;
        }
        under++;
        open++;
        permits -= ask;
        return ask;
    }

    synchronized void answered(int asked, int got, long size) {
        under--;
        permits += asked - got;
        characters += size;
        if (got == asked) {
            desired = Math.min(most, desired + 1);
        } else if (got == 0) {
            desired = Math.max(1, desired - 1);
        }
    }

    synchronized void failed(int asked) {
        under--;
        permits += asked;
        desired = 1;
    }

    /** What a receive brought is in flight, or it brought nothing. */
    void ended() {
        boolean last;
        synchronized (this) {
            open--;
            last = stopped && open == 0;
        }
        if (last) {
            over.complete(null);
        }
    }

    /** Messages are not in flight any more. */
    synchronized void release(int messages, long size) {
        permits += messages;
        characters -= size;
    }

    synchronized void halt() {
        halted = true;
    }

    synchronized void goOn() {
        halted = false;
    }

    /** From now on none may begin. @return ends when none is under way, and all that they brought is in flight */
    CompletableFuture<Void> stop() {
        boolean none;
        synchronized (this) {
            stopped = true;
            none = open == 0;
        }
        if (none) {
            over.complete(null);
        }
        return over.copy();
    }
}
