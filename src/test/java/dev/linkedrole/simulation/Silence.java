package dev.linkedrole.simulation;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The service logs what it does. Of thousands of fleets nobody reads that, and it takes longer than all the rest. */
final class Silence {

    // Held, since loggers that nobody holds are forgotten with their levels.
    private static final Logger SERVICE = Logger.getLogger("dev.linkedrole");

    private Silence() {}

    static void begin() {
        SERVICE.setLevel(Level.OFF);
        // Of two calls at once that both failed, Mutiny tells of the second one here.
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }

    static void end() {
        SERVICE.setLevel(null);
        Infrastructure.resetDroppedExceptionHandler();
    }
}
