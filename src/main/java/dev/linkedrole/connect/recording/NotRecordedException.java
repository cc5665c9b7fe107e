package dev.linkedrole.connect.recording;

import dev.linkedrole.retry.FailureText;

/** Events were not recorded, and are to be handed over again. */
public final class NotRecordedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotRecordedException(Throwable cause) {
        super(FailureText.of(cause), cause);
    }
}
