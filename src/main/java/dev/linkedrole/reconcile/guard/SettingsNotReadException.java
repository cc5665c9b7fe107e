package dev.linkedrole.reconcile.guard;

/** The accepted settings were not known when work began; it has to begin again. */
public final class SettingsNotReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsNotReadException() {
        super("the accepted settings were not read yet", null, false, false);
    }
}
