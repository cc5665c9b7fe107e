package dev.linkedrole.intake.deadletters;

import java.util.Set;

/**
 * Choice of dead letters; an empty set leaves its part open.
 *
 * @param reasons codes of their reasons
 * @param queues names of the queues that they were sent to
 * @param messages their ids
 */
public record DeadLetterFilter(Set<String> reasons, Set<String> queues, Set<String> messages) {

    /** The choice of all dead letters. */
    public static final DeadLetterFilter ALL = new DeadLetterFilter(Set.of(), Set.of(), Set.of());

    public DeadLetterFilter {
        reasons = Set.copyOf(reasons);
        queues = Set.copyOf(queues);
        messages = Set.copyOf(messages);
    }

    boolean hasQueue(String queue) {
        return queues.isEmpty() || queues.contains(queue);
    }

    boolean has(DeadLetter letter) {
        return hasQueue(letter.queue())
                && (reasons.isEmpty() || reasons.contains(letter.reason()))
                && (messages.isEmpty() || messages.contains(letter.id()));
    }

    /** True if nothing more can match once this number of letters did. */
    boolean fulfilledBy(int found) {
        return !messages.isEmpty() && found >= messages.size();
    }
}
