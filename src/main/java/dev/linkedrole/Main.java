package dev.linkedrole;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs the service, and ends with 0 when it was told to stop and did. */
@QuarkusMain
public final class Main {

    /** How long stopping may take at most: orchestrators wait as long before they kill. */
    private static final Duration MAX_STOP = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String... args) {
        Thread service = Thread.currentThread();
        AtomicBoolean toldToStop = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            toldToStop.set(true);
                            awaitEnd(service);
                        },
                        "await-end"));
        Quarkus.run(null, (status, failure) -> end(status, failure, toldToStop.get()), args);
    }

    /**
     * The JVM ends as soon as all its shutdown hooks are done, and Quarkus' own is done a moment before {@link #end} is
     * reached. So this one waits for that.
     */
    private static void awaitEnd(Thread service) {
        try {
            service.join(MAX_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A JVM that gets a signal ends with 128 and the signal's number however well it was stopped, and whoever runs it cannot
     * tell that from a crash. Everything is stopped when this is reached, so that nothing is cut short by halting.
     *
     * @param toldToStop whether there was a signal: then a start that fails is one that was given up
     */
    private static void end(int status, @Nullable Throwable failure, boolean toldToStop) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            // Live reload stops and starts the application in one JVM, which must outlive it.
            return;
        }
        if (failure != null && !toldToStop) {
            System.err.println("The linked-role controller could not start: " + StartFailure.of(failure));
        }
        Runtime.getRuntime().halt(failure != null && toldToStop ? 0 : status);
    }
}
