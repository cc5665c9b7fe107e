package dev.linkedrole;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Entry point. Runs the service and exits with 0 after a requested shutdown; with the argument {@code health}, asks the
 * service that runs how it is.
 */
@QuarkusMain
public final class Main {

    /** Maximum time of a shutdown: orchestrators kill the process after the same time. */
    private static final Duration MAX_STOP = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals(HealthProbe.COMMAND)) {
            Runtime.getRuntime().halt(new HealthProbe(System.getenv()).run(args));
        }
        Thread service = Thread.currentThread();
        AtomicBoolean stopRequested = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopRequested.set(true);
                            awaitEnd(service);
                        },
                        "await-end"));
        Quarkus.run(null, (status, failure) -> end(status, failure, stopRequested.get()), args);
    }

    /**
     * Waits for {@link #end} in a shutdown hook: the JVM ends as soon as all its shutdown hooks are done, and Quarkus'
     * own is done a moment before {@code end} is reached.
     */
    private static void awaitEnd(Thread service) {
        try {
            service.join(MAX_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Halts the JVM with the right exit code. A JVM that gets a signal exits with 128 and the signal's number however
     * well it was stopped, which looks like a crash to an orchestrator. Everything is stopped when this is reached, so
     * halting cuts nothing short.
     *
     * @param stopRequested true if there was a signal: then a failed start is one that was interrupted
     */
    private static void end(int status, @Nullable Throwable failure, boolean stopRequested) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            // Live reload stops and starts the application in one JVM, which must outlive it.
            return;
        }
        if (failure != null && !stopRequested) {
            System.err.println("The linked-role controller could not start: " + StartFailure.of(failure));
        }
        Runtime.getRuntime().halt(failure != null && stopRequested ? 0 : status);
    }
}
