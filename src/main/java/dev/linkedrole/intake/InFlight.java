package dev.linkedrole.intake;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The messages in hand, and whether there are to be any more. */
@Singleton
public class InFlight {

    /** One party stands for the service itself, the others for a message each. */
    private final Phaser parties = new Phaser(1);

    private volatile boolean stopping;

    void begin() {
        parties.register();
    }

    void end() {
        parties.arriveAndDeregister();
    }

    /** Messages in hand now. */
    int count() {
        return parties.getRegisteredParties() - (parties.isTerminated() ? 0 : 1);
    }

    boolean stopping() {
        return stopping;
    }

    /** From now on nothing more is to be taken in hand. */
    void stop() {
        stopping = true;
    }

    /**
     * Waits until all that is in hand is done. Only once.
     *
     * @return whether it was done in time
     */
    boolean drain(Duration patience) throws InterruptedException {
        int phase = parties.arrive();
        try {
            parties.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillInHand) {
            return false;
        }
    }
}
