package dev.linkedrole.simulation.faults;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Extension that turns off the service's log, which nobody reads for thousands of fleets and which takes longer than
 * all the rest.
 */
public final class LostAnswers implements BeforeAllCallback, AfterAllCallback {

    // A strong reference, since loggers without one are collected together with their levels.
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
        // If two concurrent calls both failed, Mutiny reports the second failure here.
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }
}
