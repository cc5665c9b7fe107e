package dev.linkedrole.api.deadletters;

import dev.linkedrole.intake.deadletters.DeadLetter;
import dev.linkedrole.intake.deadletters.DeadLetterFilter;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.Set;

/** Check of the dead letters that a caller chooses. */
final class Choice {

    /** Maximum number of messages that one call reads of each queue. */
    static final int MAX_LIMIT = 10_000;

    private Choice() {}

    /** @param known names of the queues that there are */
    static DeadLetterFilter filter(
            List<String> reasons, List<String> queues, List<String> messages, List<String> known) {
        if (!reasons.stream().allMatch(DeadLetter::isCode)) {
            throw new InvalidValueException("a reason must be a code such as unknown-feature");
        }
        if (!known.containsAll(queues)) {
            throw new InvalidValueException("a queue must be one of " + String.join(", ", known));
        }
        return new DeadLetterFilter(Set.copyOf(reasons), Set.copyOf(queues), Set.copyOf(messages));
    }
}
