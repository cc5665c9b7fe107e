package dev.linkedrole.simulation.world;

import java.util.Optional;

/**
 * A message that was given up.
 *
 * @param reason why it was rejected; empty if it was received too often
 */
public record DeadLetter(String id, String body, Optional<String> reason) {}
