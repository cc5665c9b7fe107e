package dev.linkedrole.config;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs the service, and ends with 0 when it was told to stop and did. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        Quarkus.run(null, (status, failure) -> end(status), args);
    }

    /**
     * A JVM that gets a signal ends with 128 and the signal's number however well it was stopped, and whoever runs it cannot
     * tell that from a crash. Everything is stopped when this is reached, so that nothing is cut short by halting.
     */
    private static void end(int status) {
        Runtime.getRuntime().halt(status);
    }
}
