package dev.linkedrole.intake.deadletters;

/** No dead-letter queue of those that were asked for could be read. */
public final class NoDeadLetterQueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoDeadLetterQueueException(String message) {
        super(message);
    }
}
