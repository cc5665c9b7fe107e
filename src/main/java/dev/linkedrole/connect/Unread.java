package dev.linkedrole.connect;

/**
 * A part that could not be read, and the reason.
 *
 * @param part the part, such as {@code storage CALL_RECORDINGS}
 * @param kind meaning of the failure
 * @param reason a sentence
 */
public record Unread(String part, ConnectCallException.Kind kind, String reason) {}
