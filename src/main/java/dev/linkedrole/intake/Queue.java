package dev.linkedrole.intake;

/**
 * A queue and its dead-letter queue.
 *
 * @param name the queue's name
 * @param url its URL
 * @param deadLetterUrl the URL of the dead-letter queue that its redrive policy names
 * @param fifo whether they are FIFO queues
 */
record Queue(String name, String url, String deadLetterUrl, boolean fifo) {}
