package dev.linkedrole.intake.queue;

/**
 * Whether another receive may begin. Each takes permits for all it may bring before it is sent, so that there is never more in hand than
 * there are permits, however slow the handling is.
 *
 * <p>One receive waits at a queue that is empty. Each that comes back full has one more wanted, so that the number doubles with each round
 * under load; each that comes back empty has one less.
 */
final class Polls {

    /** Large messages in hand keep others out. Each may be of 1 MiB. */
    static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    private final int most;
    private final int ask;

    private int permits;
    private long characters;
    private int wanted = 1;
    private int under;
    private boolean halted = true;

    Polls(ReceiverLimits limits) {
        this.most = limits.receives();
        this.ask = Math.min(MessageQueue.MOST, limits.inHand());
        this.permits = limits.inHand();
    }

    /** Takes the permits for a receive. @return how many messages it may ask for; 0 if none may begin now */
    synchronized int take() {
        if (halted || under >= wanted || permits < ask || characters > MOST_CHARACTERS) {
            return 0;
        }
        under++;
        permits -= ask;
        return ask;
    }

    synchronized void answered(int asked, int got, long size) {
        under--;
        permits += asked - got;
        characters += size;
        if (got == asked) {
            wanted = Math.min(most, wanted + 1);
        } else if (got == 0) {
            wanted = Math.max(1, wanted - 1);
        }
    }

    synchronized void failed(int asked) {
        under--;
        permits += asked;
        wanted = 1;
    }

    /** Messages are not in hand any more. */
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
}
