package dev.linkedrole.role.model;

/** A value from outside is invalid. The message is one clause that says what was expected. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
