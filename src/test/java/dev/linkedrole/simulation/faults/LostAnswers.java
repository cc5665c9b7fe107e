package dev.linkedrole.simulation.faults;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The service logs what it does. The logs of thousands of fleets are not read, and take longer than all the rest. */
public final class LostAnswers implements BeforeAllCallback, AfterAllCallback {

    // Kept, since loggers without a reference are collected with their levels.
    private static final Logger SERVICE = Logger.getLogger("dev.linkedrole");

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        SERVICE.setLevel(null);
        Infrastructure.resetDroppedExceptionHandler();
    }

    public static void begin() {
        SERVICE.setLevel(Level.OFF);
        // Of two calls at once that both failed, Mutiny tells of the second one here.
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }
}
