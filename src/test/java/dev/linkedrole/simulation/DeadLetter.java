package dev.linkedrole.simulation;

import java.util.Optional;

/**
 * A message that was given up.
 *
 * @param reason why it was refused; empty if it was received too often
 */
record DeadLetter(String id, String body, Optional<String> reason) {}
