package dev.linkedrole.simulation.world;

import java.util.Optional;

/**
 * Message in the dead-letter queue.
 *
 * @param reason reason of the rejection; empty if the message was received too often
 */
public record DeadLetter(String id, String body, Optional<String> reason) {}
