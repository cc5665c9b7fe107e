package dev.linkedrole.intake.consumer;

import java.util.concurrent.CompletableFuture;

/**
 * Permits for receive calls. Each call takes permits for all messages it may return before it is sent, so that no more
 * messages than permits are ever in flight, however slow the handling is.
 *
 * <p>One call polls an empty queue. A call that returns full raises the wanted number of calls by one, so that it
 * doubles with each round under load; an empty one lowers it by one.
 */
final class ReceivePermits {

    /** Maximum total size of the messages in flight, in characters. Each message may have 1 MiB. */
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
        this.most = limits.maxConcurrentReceives();
        this.ask = Math.min(MessageQueue.MAX, limits.maxInFlight());
        this.permits = limits.maxInFlight();
    }

    /**
     * Acquires the permits for a receive call. @return the number of messages it may ask for; 0 if no call may start
     * now
     */
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

    /** Ends a receive call: its messages are in flight, or it returned none. */
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

    /** Releases the permits of messages that are no longer in flight. */
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

    /**
     * Denies all further permits.
     *
     * @return completes when no call is in flight, and all received messages are in flight
     */
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
