package dev.linkedrole.simulation.checks;

import java.util.List;
import java.util.Optional;

/**
 * The result of a simulation.
 *
 * @param failure what went wrong; empty if nothing did
 * @param digest digest of the trace, the same for two runs only if all their steps are
 * @param steps number of steps
 * @param trace lines of the trace, if they were requested
 */
public record Verdict(long seed, Optional<String> failure, String digest, long steps, List<String> trace) {}
