package dev.linkedrole.intake.consumer;

/**
 * Reason for which a message is moved to its dead-letter queue.
 *
 * @param code one word, for programs
 * @param detail one sentence, for people
 */
public record RejectReason(String code, String detail) {}
