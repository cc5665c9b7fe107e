package dev.linkedrole.bench.worker;

/**
 * What a worker is asked to do.
 *
 * @param messages how many are in the queue
 * @param handlerMillis how long each takes to handle
 * @param limitSeconds after which it gives up
 */
public record Drain(String queueUrl, int messages, int handlerMillis, int limitSeconds) {}
