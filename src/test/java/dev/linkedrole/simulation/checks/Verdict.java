package dev.linkedrole.simulation.checks;

import java.util.List;
import java.util.Optional;

/**
 * The result of a simulation.
 *
 * @param failure what went wrong; empty if nothing did
 * @param digest the same for two runs only if the same happened in them
 * @param steps how much happened
 * @param trace what happened, if that was wanted
 */
public record Verdict(long seed, Optional<String> failure, String digest, long steps, List<String> trace) {}
