package dev.linkedrole.iammodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Changes of roles and policies in progress. During a change, IAM rejects other changes of the same entity.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html#API_TagRole_Errors">ConcurrentModification</a>
 */
final class IamChanges {

    private final InstantSource clock;
    private final Supplier<Duration> take;
    private final Map<String, Instant> until = new HashMap<>();

    /** @param take duration of the next change */
    IamChanges(InstantSource clock, Supplier<Duration> take) {
        this.clock = clock;
        this.take = take;
    }

    /** @param thing identifies a role or a policy */
    synchronized void begin(String thing) {
        Instant now = clock.instant();
        if (now.isBefore(until.getOrDefault(thing, Instant.MIN))) {
            throw IamFaults.concurrentModification(thing);
        }
        until.put(thing, now.plus(take.get()));
    }
}
