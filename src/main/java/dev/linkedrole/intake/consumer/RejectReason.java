package dev.linkedrole.intake.consumer;

/**
 * The reason for which a message is put into its dead-letter queue.
 *
 * @param code in one word, for machines
 * @param detail in a sentence, for people
 */
public record RejectReason(String code, String detail) {}
